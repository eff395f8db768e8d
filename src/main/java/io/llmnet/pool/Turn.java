package io.llmnet.pool;

import io.llmnet.chat.Cancel;
import io.llmnet.dispatch.Timers;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client's waiting, which ends in time, whatever those do who are waited for: with an answer, with a failure, at the
 * deadline, or because the client has left. Lives on the client's thread.
 */
final class Turn {
    /** A council makes do at its deadline with what it has heard by then; this is its time to say so. */
    private static final Duration GRACE = Duration.ofMillis(10);

    /** Hears how it ends, before the client does: with either of both. */
    @FunctionalInterface
    interface Ending {
        void ended(@Nullable Inference inference, @Nullable ChatException why);
    }

    private final Order order;
    private final Ending ending;
    private final Cancel cancel = new Cancel();
    private final CompletableFuture<Inference> result = new CompletableFuture<>();
    private Timers.@Nullable Waiting guard;
    private Cancel.@Nullable Listening leaving;
    private boolean isOver;

    Turn(Order order, Ending ending) {
        this.order = order;
        this.ending = ending;
    }

    /**
     * Asks and waits.
     *
     * @param ask asks until the cancel that it is given fires
     */
    CompletionStage<Inference> begin(Timers timers, Function<Cancel, CompletionStage<Inference>> ask) {
        Query query = order.query();
        guard = timers.after(
                order.time().plus(GRACE).toNanos(), () -> query.home().execute(() -> giveUp(Failures.late(order))));
        leaving = query.cancel()
                .onCancel(() ->
                        query.home().execute(() -> giveUp(new ChatException(Fault.CANCELLED, "the client has left"))));
        if (!isOver) {
            ask.apply(cancel)
                    .whenComplete((inference, failure) -> query.home().execute(() -> {
                        if (inference == null) {
                            fail(Failures.of(failure, order));
                        } else if (end(inference, null)) {
                            result.complete(inference);
                        }
                    }));
        }
        return result;
    }

    private void giveUp(ChatException why) {
        fail(why);
        cancel.cancel();
    }

    private void fail(ChatException why) {
        if (end(null, why)) {
            result.completeExceptionally(why);
        }
    }

    /** Whether it was not over before. */
    private boolean end(@Nullable Inference inference, @Nullable ChatException why) {
        if (isOver) {
            return false;
        }
        isOver = true;
        if (guard != null) {
            guard.cancel();
        }
        if (leaving != null) {
            leaving.close();
        }
        ending.ended(inference, why);
        return true;
    }
}

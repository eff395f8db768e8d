package io.llmnet.function;

import io.llmnet.chat.Cancel;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way. It ends once: with an output, with a failure, when its time is over or when nobody wants it; in the
 * last two cases what it holds is closed. Safe from any thread.
 */
final class Pending {
    private final CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    private final long endNanos;
    private @Nullable Runnable closer;
    private boolean isGivenUp;

    private Pending(long endNanos) {
        this.endNanos = endNanos;
    }

    /** The call with its clock running. */
    static Pending of(FunctionCall call, Vertx vertx) {
        long now = System.nanoTime();
        long left = call.deadline().leftNanos(now);
        long limit = Math.min(call.function().timeout().toNanos(), left);
        Pending pending = new Pending(now + limit);
        long timer = vertx.setTimer(
                Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit)), id -> pending.giveUp(late(call, left)));
        Cancel.Listening listening = call.cancel().onCancel(() -> pending.giveUp("nobody wants it any more"));
        pending.result().whenComplete((output, failure) -> {
            vertx.cancelTimer(timer);
            listening.close();
        });
        return pending;
    }

    private static String late(FunctionCall call, long leftNanos) {
        return leftNanos < call.function().timeout().toNanos()
                ? "the time for this request is over"
                : "it took longer than " + call.function().timeout().toMillis() + " ms";
    }

    CompletionStage<Optional<String>> result() {
        return result;
    }

    /** What is left of its time; zero or less once it is over. */
    long leftNanos() {
        return endNanos - System.nanoTime();
    }

    boolean isOver() {
        return result.isDone();
    }

    void bring(Optional<String> output) {
        result.complete(output);
    }

    void fail(String why) {
        result.completeExceptionally(new FunctionException(why));
    }

    /** What closes that which the call holds, should it be given up; at once if it is already. */
    void holds(Runnable closing) {
        synchronized (this) {
            if (!isGivenUp) {
                closer = closing;
                return;
            }
        }
        closing.run();
    }

    private void giveUp(String why) {
        Runnable closing;
        synchronized (this) {
            if (result.isDone() || isGivenUp) {
                return;
            }
            isGivenUp = true;
            closing = closer;
        }
        fail(why);
        if (closing != null) {
            closing.run();
        }
    }
}

package io.llmnet.grpc;

import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Inference;
import io.llmnet.pool.Pool;
import io.llmnet.pool.Query;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers {@code Infer}. */
final class Infer {
    private final Vertx vertx;
    private final Pool pool;
    private final Supplier<PoolSettings> settings;
    private final int concurrent;
    private final AtomicInteger active = new AtomicInteger();

    /** @param concurrent calls worked on at once; one more is told to come back */
    Infer(Vertx vertx, Pool pool, Supplier<PoolSettings> settings, int concurrent) {
        this.vertx = vertx;
        this.pool = pool;
        this.settings = settings;
        this.concurrent = concurrent;
    }

    /** To be called on the exchange's event loop. */
    void accept(Exchange exchange) {
        exchange.hearOne(message -> {
            if (active.get() < concurrent) {
                ask(exchange, message);
            } else {
                exchange.fail(new ChatException(
                        Fault.BUSY, "the server works on " + concurrent + " requests already; try again in a moment"));
            }
        });
    }

    /** From here on the call counts: one that is opened and then silent takes nobody's place. */
    private void ask(Exchange exchange, byte[] message) {
        Cancel cancel = new Cancel();
        active.incrementAndGet();
        exchange.onOver(active::decrementAndGet);
        exchange.onLeft(cancel::cancel);
        Executor home = home(vertx.getOrCreateContext());
        QueryMessage said = QueryMessage.read(message, settings.get());
        Query query = said.query(exchange::header, CallTimeout.of(exchange.header(CallTimeout.HEADER)), cancel, home);
        pool.infer(query)
                .whenComplete((inference, failure) ->
                        home.execute(() -> tell(exchange, said.requestId(), inference, failure)));
    }

    private static void tell(
            Exchange exchange, String requestId, @Nullable Inference inference, @Nullable Throwable failure) {
        if (inference == null) {
            exchange.fail(Statuses.known(failure));
        } else {
            exchange.finish(AnswerMessage.of(inference, requestId));
        }
    }

    /** What already runs there goes on at once. */
    private static Executor home(Context context) {
        return task -> {
            if (Vertx.currentContext() == context) {
                task.run();
            } else {
                context.runOnContext(nothing -> task.run());
            }
        };
    }
}

package io.llmnet.discovery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what happens elsewhere. */
public final class Loop {
    private static final int LONGEST_SECONDS = 30;

    private Loop() {}

    /** Does it on an event loop, and waits for its end. */
    public static <T> T on(Vertx vertx, Supplier<Future<T>> deed) throws Exception {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(nothing -> deed.get().onComplete(done));
        return done.future().toCompletionStage().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until something holds. */
    public static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LONGEST_SECONDS + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}

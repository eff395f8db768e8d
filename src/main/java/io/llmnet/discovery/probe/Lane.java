package io.llmnet.discovery.probe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** Lets only so many things happen at once; the others wait their turn. For one event loop. */
final class Lane {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int busy;

    Lane(int most) {
        this.most = most;
    }

    /** Does it when it is its turn. */
    <T> Future<T> run(Supplier<Future<T>> deed) {
        Promise<T> done = Promise.promise();
        waiting.add(() -> deed.get().onComplete(end -> {
            busy--;
            done.handle(end);
            next();
        }));
        next();
        return done.future();
    }

    private void next() {
        while (busy < most) {
            Runnable first = waiting.poll();
            if (first == null) {
                return;
            }
            busy++;
            first.run();
        }
    }
}

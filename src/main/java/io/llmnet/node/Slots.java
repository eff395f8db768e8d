package io.llmnet.node;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs so many answers at once, lets so many wait, in order, and refuses more. Each runs on a thread of its own. */
final class Slots {
    private final ThreadPoolExecutor executor;
    private final AtomicInteger busy = new AtomicInteger();
    private final int total;

    Slots(int total, int waiting) {
        this.total = total;
        BlockingQueue<Runnable> queue = waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        this.executor = new ThreadPoolExecutor(total, total, 1, TimeUnit.MINUTES, queue, work -> {
            Thread thread = new Thread(work, "node-slot");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Work that was taken in. */
    final class Place {
        private final Runnable work;

        private Place(Runnable work) {
            this.work = work;
        }

        /** Gives the place up if it still waits; what runs already has to stop by itself. */
        void leave() {
            executor.remove(work);
        }
    }

    /** Takes work in, to be run now or later. Throws ChatException when too much waits, or the node stops. */
    Place take(Runnable work) {
        Runnable counted = () -> {
            busy.incrementAndGet();
            try {
                work.run();
            } finally {
                busy.decrementAndGet();
            }
        };
        try {
            executor.execute(counted);
        } catch (RejectedExecutionException e) {
            throw executor.isShutdown() ? stopping() : full();
        }
        return new Place(counted);
    }

    int total() {
        return total;
    }

    int busy() {
        return busy.get();
    }

    int waiting() {
        return executor.getQueue().size();
    }

    /** Takes nothing more in, and waits for what runs and waits; true if all is done in time. */
    boolean drain(Duration time) {
        executor.shutdown();
        try {
            return executor.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ChatException stopping() {
        return new ChatException(Fault.STOPPING, "this node is stopping; ask another one");
    }

    private ChatException full() {
        return new ChatException(
                Fault.BUSY, "all " + total + " slots are busy and " + waiting() + " requests wait; try again later");
    }
}

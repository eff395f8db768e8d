package io.llmnet.dispatch;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A clock that stands still until it is moved, and the timers that go by it. */
public final class VirtualTime implements Timers {
    private record Timer(long atNanos, long number, Runnable task) {}

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos).thenComparingLong(Timer::number));
    private long now = TimeUnit.HOURS.toNanos(1);
    private long count;

    public long nanoTime() {
        return now;
    }

    @Override
    public Waiting after(long nanos, Runnable task) {
        Timer timer = new Timer(now + nanos, count++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Lets so many milliseconds pass, and what is due in them happen in order. */
    public void pass(long millis) {
        long until = now + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!timers.isEmpty() && timers.peek().atNanos() <= until) {
            Timer due = timers.remove();
            now = Math.max(now, due.atNanos());
            due.task().run();
        }
        now = until;
    }

    /** Timers that are still to come. */
    public int pending() {
        return timers.size();
    }
}

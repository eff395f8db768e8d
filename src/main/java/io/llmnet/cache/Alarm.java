package io.llmnet.cache;

/** Rings after a while. */
@FunctionalInterface
public interface Alarm {
    /** Runs {@code task} after so many nanoseconds, on any thread; what it gives turns it off. */
    Runnable after(long nanos, Runnable task);
}

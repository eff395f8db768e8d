package io.llmnet.dispatch;

/** Calls back after a while. */
@FunctionalInterface
public interface Timers {
    /** A call that is still to come. */
    @FunctionalInterface
    interface Waiting {
        /** It is not wanted any more; harmless once it has come. */
        void cancel();
    }

    /** Runs {@code task} after so many nanoseconds, on the thread that asked for it where that is an event loop. */
    Waiting after(long nanos, Runnable task);
}

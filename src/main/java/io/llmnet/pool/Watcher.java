package io.llmnet.pool;

/** Hears what happens in a pool, on the threads on which it happens; returns at once. */
public interface Watcher {
    /** A request has ended. */
    void ended(Outcome outcome);

    /** A member has failed at a task so often that it is left alone for a while. */
    void opened(String task, String seat);
}

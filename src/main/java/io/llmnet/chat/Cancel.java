package io.llmnet.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * The wish that a call should stop: the caller is gone, a race is lost, the time is up. It happens at most once; who
 * listens late is told at once. Safe from any thread; listeners run on the thread that cancels.
 */
public final class Cancel {
    /** Stops listening; harmless when called again. */
    @FunctionalInterface
    public interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    private final List<Runnable> listeners = new ArrayList<>(2);
    private boolean cancelled;

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Calls {@code listener} when this is cancelled, at once if it is already. */
    public Listening onCancel(Runnable listener) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(listener);
                return () -> forget(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    private synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }
}

package io.llmnet.dispatch;

import io.llmnet.registry.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that wait for a place at a backend. Those of a higher priority go first, and among equals who came first; but
 * every fourth place goes to who has waited longest, whatever its priority, so that nobody waits for ever. Safe from any
 * thread.
 */
final class Line {
    private static final int FAIR_EVERY = 4;

    /**
     * One request that waits.
     *
     * @param loads of the backends that it waits for
     */
    record Waiter(Walk walk, Set<Load> loads, Errand.Priority priority) {}

    private final List<Waiter> waiters = new ArrayList<>();
    private volatile int length;
    private int served;

    /** How many wait. */
    int length() {
        return length;
    }

    /** Joins at the end; false when {@code most} wait already. */
    synchronized boolean join(Waiter waiter, int most) {
        if (waiters.size() >= most) {
            return false;
        }
        waiters.add(waiter);
        length = waiters.size();
        return true;
    }

    /** Leaves, be it the request's own wish or its turn; false when it has left before. */
    synchronized boolean leave(Waiter waiter) {
        boolean was = waiters.remove(waiter);
        length = waiters.size();
        return was;
    }

    /** Whether somebody waits for that backend. */
    boolean isWanted(Load load) {
        if (length == 0) {
            return false;
        }
        synchronized (this) {
            return waiters.stream().anyMatch(waiter -> waiter.loads().contains(load));
        }
    }

    /** Takes a place at a backend for who is to have it, and lets that one go; null when nobody waits or none is free. */
    synchronized @Nullable Waiter next(Load load) {
        Waiter next = null;
        boolean oldest = (served + 1) % FAIR_EVERY == 0;
        for (Waiter waiter : waiters) {
            boolean isBetter = next == null || (!oldest && waiter.priority().compareTo(next.priority()) < 0);
            if (isBetter && waiter.loads().contains(load)) {
                next = waiter;
            }
        }
        if (next == null || !load.enter()) {
            return null;
        }
        served++;
        leave(next);
        return next;
    }
}

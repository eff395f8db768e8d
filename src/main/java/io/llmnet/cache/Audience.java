package io.llmnet.cache;

import io.llmnet.chat.Answer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All who wait for one answer, and how far they have read. */
final class Audience {
    private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

    void add(Waiter waiter) {
        waiters.add(waiter);
    }

    /** False where it was not there. */
    boolean remove(Waiter waiter) {
        return waiters.remove(waiter);
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    void wake() {
        waiters.forEach(Waiter::wake);
    }

    /** How much all have read who read the answer as it comes; {@code end} where nobody does. */
    long slowest(@Nullable Answer head, long end) {
        return waiters.stream()
                .filter(waiter -> reads(waiter, head))
                .mapToLong(Waiter::hasRead)
                .min()
                .orElse(end);
    }

    /** How much the first of them has read; {@code end} where somebody waits for the whole. */
    long fastest(@Nullable Answer head, long end) {
        return waiters.stream()
                .mapToLong(waiter -> reads(waiter, head) ? waiter.hasRead() : end)
                .max()
                .orElse(end);
    }

    private static boolean reads(Waiter waiter, @Nullable Answer head) {
        return head != null && !waiter.asking().wantsWhole(head);
    }
}

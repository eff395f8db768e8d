package io.llmnet.cache.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When to try again what has failed: after a while that doubles, up to a limit, as long as it fails. Safe from any thread. */
final class Pauses {
    private static final long FIRST = Duration.ofMillis(500).toNanos();
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private long pause;
    private long until;

    Pauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is time to try. */
    synchronized boolean isOver() {
        return pause == 0 || nanoTime.getAsLong() - until >= 0;
    }

    /** It has failed; true when it had not before. Several failures of one try count once. */
    synchronized boolean begin() {
        boolean isFirst = pause == 0;
        if (isOver()) {
            pause = isFirst ? FIRST : Math.min(LONGEST, 2 * pause);
            until = nanoTime.getAsLong() + pause;
        }
        return isFirst;
    }

    /** It has gone well; true when it had failed before. */
    synchronized boolean end() {
        boolean wasFailing = pause != 0;
        pause = 0;
        return wasFailing;
    }
}

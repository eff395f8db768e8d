package io.llmnet.camel.alert;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, up to a limit, and of that a random part between a half
 * and all of it, so that many who lost the same server do not come back at once. For one thread.
 */
final class BackOff {
    private final long firstMillis;
    private final long longestMillis;
    private final RandomGenerator random;
    private long nextMillis;

    BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.longestMillis = longest.toMillis();
        this.random = random;
        this.nextMillis = firstMillis;
    }

    /** The next pause, in milliseconds, at least 1. */
    long nextMillis() {
        long pause = nextMillis;
        nextMillis = Math.min(longestMillis, pause * 2);
        return Math.max(1, random.nextLong(pause / 2, pause + 1));
    }

    /** An attempt has succeeded. */
    void reset() {
        nextMillis = firstMillis;
    }
}

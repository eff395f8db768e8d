package io.llmnet.chat;

import java.time.Duration;

/**
 * When a call must be over, on the clock of {@link System#nanoTime}.
 *
 * @param atNanos the moment; only differences mean anything
 */
public record Deadline(long atNanos) {
    public static Deadline in(Duration time, long nowNanos) {
        return new Deadline(nowNanos + time.toNanos());
    }

    /** What is left; zero or less once it is over. */
    public long leftNanos(long nowNanos) {
        return atNanos - nowNanos;
    }

    public boolean isOver(long nowNanos) {
        return leftNanos(nowNanos) <= 0;
    }
}

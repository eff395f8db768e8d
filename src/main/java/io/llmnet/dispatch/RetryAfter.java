package io.llmnet.dispatch;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The header of that name, in seconds; dates are not read, for clocks differ. */
final class RetryAfter {
    private RetryAfter() {}

    /** What it says, or {@code otherwise} where it says nothing that can be understood. */
    static long nanos(@Nullable String header, long otherwise) {
        if (header == null) {
            return otherwise;
        }
        try {
            double seconds = Double.parseDouble(header.trim());
            return seconds >= 0 ? (long) (Math.min(seconds, 1e6) * TimeUnit.SECONDS.toNanos(1)) : otherwise;
        } catch (NumberFormatException date) {
            return otherwise;
        }
    }
}

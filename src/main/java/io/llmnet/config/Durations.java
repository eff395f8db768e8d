package io.llmnet.config;

import java.time.Duration;
import java.util.Optional;

/** Times as people write them: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}; a bare number is seconds. */
public final class Durations {
    /** How a time is written, for messages. */
    public static final String FORM = "a time such as 250ms, 30s or 5m";

    /** More than this is a slip, and would not fit into nanoseconds for long. */
    private static final Duration MOST = Duration.ofDays(365);

    private static final int MAX_DIGITS = 9;

    private Durations() {}

    /** The time; empty when it is not one, or no time at all. */
    public static Optional<Duration> read(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            return Optional.empty();
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return of(amount, text.substring(digits)).filter(time -> !time.isZero() && time.compareTo(MOST) <= 0);
    }

    private static Optional<Duration> of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Optional.of(Duration.ofMillis(amount));
            case "", "s" -> Optional.of(Duration.ofSeconds(amount));
            case "m" -> Optional.of(Duration.ofMinutes(amount));
            case "h" -> Optional.of(Duration.ofHours(amount));
            default -> Optional.empty();
        };
    }
}

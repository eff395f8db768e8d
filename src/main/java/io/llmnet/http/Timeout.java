package io.llmnet.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a request may take: what the server allows, or less if the caller says so. */
final class Timeout {
    static final String HEADER = "x-request-timeout";

    private Timeout() {}

    /**
     * Reads the caller's wish.
     *
     * @param wanted seconds, decimals allowed
     * @param allowed by the server; the wish can only shorten it
     */
    static Duration of(@Nullable String wanted, Duration allowed) {
        if (wanted == null) {
            return allowed;
        }
        double seconds = seconds(wanted);
        if (!(seconds > 0)) {
            throw ChatException.in(
                    HEADER,
                    Fault.BAD_REQUEST,
                    "the header " + HEADER + " must be a positive number of seconds, like 2.5");
        }
        double nanos = seconds * 1e9;
        return nanos >= allowed.toNanos() ? allowed : Duration.ofNanos((long) nanos);
    }

    private static double seconds(String wanted) {
        try {
            return Double.parseDouble(wanted.trim());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

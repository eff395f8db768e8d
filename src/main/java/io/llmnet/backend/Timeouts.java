package io.llmnet.backend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for a backend.
 *
 * @param connect for a connection
 * @param firstByte from sending the request to the first byte of a stream, for a model may have to load first; an answer
 *     that comes whole comes when all of it is made, and only the request's deadline bounds that
 * @param idle between two chunks of an answer
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle) {
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(60));

    /** These, but for what is said here. */
    public Timeouts but(
            @Nullable Duration otherConnect, @Nullable Duration otherFirstByte, @Nullable Duration otherIdle) {
        return new Timeouts(
                otherConnect == null ? connect : otherConnect,
                otherFirstByte == null ? firstByte : otherFirstByte,
                otherIdle == null ? idle : otherIdle);
    }
}

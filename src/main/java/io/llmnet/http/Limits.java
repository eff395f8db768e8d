package io.llmnet.http;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param body its size
 * @param deadline its whole time
 * @param concurrent requests worked on at once; one more is told to come back
 * @param signOfLife how long who waits for a stream may hear nothing
 */
public record Limits(ByteSize body, Duration deadline, int concurrent, Duration signOfLife) {
    /** An amount of bytes. */
    public record ByteSize(long toBytes) {
        public static ByteSize ofMebibytes(long count) {
            return new ByteSize(count * 1024 * 1024);
        }
    }
}

package io.llmnet.http;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id by which a request is known to its caller, to the backends and in the log. */
final class RequestId {
    private static final int MAX_LENGTH = 128;

    private RequestId() {}

    /** The caller's own, where it is fit to be shown; else a new random UUID. */
    static String of(@Nullable String wanted) {
        if (wanted != null && isFit(wanted)) {
            return wanted;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low).toString();
    }

    private static boolean isFit(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(c -> c > ' ' && c < 127);
    }
}

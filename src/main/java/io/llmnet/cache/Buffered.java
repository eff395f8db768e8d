package io.llmnet.cache;

import java.util.Arrays;

/** The bytes of an answer that have come, but for those at its start that nobody needs any more. */
final class Buffered {
    private static final byte[] NOTHING = {};
    private static final int LEAST = 1024;

    private byte[] bytes = NOTHING;
    private int length;
    private long dropped;

    void append(byte[] chunk) {
        if (length + chunk.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(LEAST, 2 * (length + chunk.length)));
        }
        System.arraycopy(chunk, 0, bytes, length, chunk.length);
        length += chunk.length;
    }

    /** How many have come. */
    long end() {
        return dropped + length;
    }

    /** A copy of those from a place on, so many at most. */
    byte[] from(long place, int most) {
        int start = (int) (place - dropped);
        return Arrays.copyOfRange(bytes, start, start + Math.min(most, length - start));
    }

    /** A copy of all of them, nothing having been dropped. */
    byte[] all() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets what came before a place, and tells how much; not byte by byte, for what stays is moved. */
    int dropBefore(long place) {
        int unneeded = (int) (Math.min(place, end()) - dropped);
        if (unneeded > 0 && unneeded >= length / 2) {
            bytes = Arrays.copyOfRange(bytes, unneeded, length);
            length -= unneeded;
            dropped += unneeded;
            return unneeded;
        }
        return 0;
    }
}

package io.llmnet.protocol.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Mixes ranges of bytes into 64 bits, sixteen at a time, as wyhash does. Not for secrets: who wants two texts of one fingerprint finds them,
 * and gains nothing but the same backend for both.
 */
final class Fingerprint {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long SEED = 0xA0761D6478BD642FL; // no product with it is nothing

    /** What begins with so much of the same text, and is as long, is taken for the same: an image is not read to its end. */
    private static final int MOST = 16 * 1024;

    private Fingerprint() {}

    static long of(long seed, byte[] text, int start, int end) {
        int stop = Math.min(end, start + MOST);
        long mixed = mix(seed ^ SEED, PRIME ^ (end - start));
        int at = start;
        for (; at + 16 <= stop; at += 16) {
            mixed = mix(mixed ^ (long) WORDS.get(text, at), PRIME ^ (long) WORDS.get(text, at + 8));
        }
        for (; at < stop; at++) {
            mixed = mix(mixed ^ text[at], PRIME);
        }
        return mixed;
    }

    /** Both halves of the product of all 128 bits, folded: every bit of either number moves about half of them. */
    private static long mix(long one, long other) {
        return (one * other) ^ Math.multiplyHigh(one, other);
    }
}

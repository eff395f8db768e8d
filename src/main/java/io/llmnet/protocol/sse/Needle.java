package io.llmnet.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** An ASCII word searched for in many byte ranges, by Horspool's algorithm: most bytes are never looked at. */
public final class Needle {
    private final byte[] word;
    private final byte[] skip = new byte[256];

    /** @param word of 1 to 127 characters */
    public Needle(String word) {
        this.word = word.getBytes(UTF_8);
        Arrays.fill(skip, (byte) this.word.length);
        for (int i = 0; i < this.word.length - 1; i++) {
            skip[this.word[i]] = (byte) (this.word.length - 1 - i);
        }
    }

    /** Offset behind the first find at or after {@code start}, -1 if there is none. */
    public int after(byte[] bytes, int start, int end) {
        int last = word.length - 1;
        int at = start + last;
        while (at < end) {
            if (bytes[at] == word[last] && Arrays.equals(bytes, at - last, at + 1, word, 0, word.length)) {
                return at + 1;
            }
            at += skip[bytes[at] & 0xff];
        }
        return -1;
    }

    /** Whether the range has this word as a key of JSON whose value begins with {@code first}. */
    public boolean isKeyOf(char first, byte[] bytes, int start, int end) {
        for (int at = after(bytes, start, end); at >= 0; at = after(bytes, at, end)) {
            int colon = pastSpace(bytes, at, end);
            if (colon < end && bytes[colon] == ':') {
                int value = pastSpace(bytes, colon + 1, end);
                if (value < end && bytes[value] == first) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int pastSpace(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
        return at;
    }
}

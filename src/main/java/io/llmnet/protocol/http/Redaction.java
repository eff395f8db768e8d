package io.llmnet.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** Keeps a backend's key from its callers: some servers repeat the key that they refuse, in the very error. */
final class Redaction {
    /** What is shorter is no secret but a word such as "none" or "ollama", and may stand in a message by right. */
    private static final int SHORTEST = 8;

    private static final String BLACK = "***";

    private Redaction() {}

    /** What was said, without the key. */
    static byte[] of(byte[] said, @Nullable String key) {
        if (key == null || key.length() < SHORTEST) {
            return said;
        }
        // one character a byte: what is no UTF-8 must survive
        String text = new String(said, ISO_8859_1);
        String secret = new String(key.getBytes(UTF_8), ISO_8859_1);
        return text.contains(secret) ? text.replace(secret, BLACK).getBytes(ISO_8859_1) : said;
    }
}

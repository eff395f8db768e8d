package io.llmnet.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Named values as one short key: two sets of them have the same key only if they are equal in each. */
final class Fields {
    private final MessageDigest digest;

    Fields() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a value; none is another value than an empty one. */
    Fields add(String name, @Nullable Object value) {
        text(name);
        if (value == null) {
            digest.update((byte) 0);
        } else {
            digest.update((byte) 1);
            text(value.toString());
        }
        return this;
    }

    /** The key; nothing can be added after it. */
    String key() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Its length goes before it, so that no two rows of texts look the same. */
    private void text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}

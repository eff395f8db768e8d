package io.llmnet.cache.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes a key of fields that have names: the same for the same fields in the same order, and for no others. Every name and
 * every value goes in with its length before it, so that none can pass for a part of its neighbour.
 */
public final class Keys {
    private static final int ABSENT = -1;

    private final MessageDigest digest;

    private Keys() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Begins a key for what is called so; keys of different things differ. */
    public static Keys of(String what) {
        return new Keys().with("", what);
    }

    /** Adds a field; one that is absent differs from one that is empty. */
    public Keys with(String name, @Nullable String value) {
        return with(name, value == null ? null : value.getBytes(UTF_8));
    }

    /** Adds a field in bytes. */
    public Keys with(String name, byte @Nullable [] value) {
        byte[] named = name.getBytes(UTF_8);
        length(named.length);
        digest.update(named);
        length(value == null ? ABSENT : value.length);
        if (value != null) {
            digest.update(value);
        }
        return this;
    }

    /** The key, 64 hexadecimal digits; no field can be added any more. */
    public String key() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void length(int bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes).flip());
    }
}

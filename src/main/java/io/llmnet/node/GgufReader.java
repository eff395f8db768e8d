package io.llmnet.node;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the head of a GGUF file, versions 2 and 3 (the format: ggml's {@code docs/gguf.md}). No length in the file is
 * believed before it was held against what is left of the file.
 */
final class GgufReader implements AutoCloseable {
    private static final int MAGIC = 0x46554747;
    private static final long MOST_KEYS = 1 << 16;
    private static final long MOST_TENSORS = 1 << 20;
    private static final int LONGEST_KEY = 1 << 16;
    private static final int LONGEST_KEPT_TEXT = 1 << 20;
    private static final int ALIGNMENT = 32;

    /** Not a GGUF file that can be loaded; the message says why. */
    static final class Mangled extends IOException {
        private static final long serialVersionUID = 1L;

        Mangled(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private final long size;
    private final Map<String, Object> values = new HashMap<>();
    private long position;

    GgufReader(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    static GgufReader open(Path file) throws IOException {
        return new GgufReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16), Files.size(file));
    }

    Gguf read() throws IOException {
        try {
            head();
        } catch (EOFException e) {
            throw new Mangled("ends within its own head, so the download was cut short; fetch it again");
        }
        return new Gguf(values, size);
    }

    private void head() throws IOException {
        if (size < 4 || u32() != MAGIC) {
            throw new Mangled(
                    "is not a GGUF model (it does not begin with \"GGUF\"); convert it, or fetch the .gguf file");
        }
        long version = u32();
        if (version != 2 && version != 3) {
            throw new Mangled("has GGUF version " + version + "; versions 2 and 3, little-endian, can be loaded");
        }
        long tensors = count("tensors", MOST_TENSORS);
        long keys = count("keys", MOST_KEYS);
        for (long i = 0; i < keys; i++) {
            pair();
        }
        if (!(values.get("general.architecture") instanceof String)) {
            throw new Mangled("names no general.architecture, so it is no language model");
        }
        tensors(tensors);
    }

    private void pair() throws IOException {
        String key = text(LONGEST_KEY);
        int type = (int) u32();
        if (type == 9) {
            list(key);
        } else {
            values.put(key, value(key, type));
        }
    }

    private void list(String key) throws IOException {
        int type = (int) u32();
        long length = u64();
        if (type == 8) {
            fits(length, 8);
            for (long i = 0; i < length; i++) {
                skip(u64());
            }
        } else {
            long width = width(key, type);
            fits(length, width);
            skip(length * width);
        }
    }

    private Object value(String key, int type) throws IOException {
        return switch (type) {
            case 0 -> number(1) & 0xff;
            case 1 -> (long) (byte) number(1);
            case 2 -> number(2) & 0xffff;
            case 3 -> (long) (short) number(2);
            case 4 -> u32();
            case 5 -> (long) (int) number(4);
            case 6 -> (double) Float.intBitsToFloat((int) number(4));
            case 7 -> number(1) != 0;
            case 8 -> text(LONGEST_KEPT_TEXT);
            case 10, 11 -> number(8);
            case 12 -> Double.longBitsToDouble(number(8));
            default -> throw new Mangled("gives " + clean(key) + " the unknown type " + type + "; it may be damaged");
        };
    }

    private static long width(String key, int type) throws Mangled {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw new Mangled("gives " + clean(key) + " a list of the unknown type " + type);
        };
    }

    /** The tensors must lie within the file, or it was cut short: the mistake that is made most. */
    private void tensors(long count) throws IOException {
        long furthest = 0;
        for (long i = 0; i < count; i++) {
            furthest = Math.max(furthest, tensor());
        }
        long alignment = values.get("general.alignment") instanceof Long said && said > 0 ? said : ALIGNMENT;
        long start = (position + alignment - 1) / alignment * alignment;
        if (count > 0 && furthest >= size - start) {
            throw new Mangled("has " + size + " bytes but needs more than " + (start + furthest)
                    + ", so the download was cut short; fetch it again");
        }
    }

    private long tensor() throws IOException {
        String name = text(LONGEST_KEY);
        long dimensions = u32();
        if (dimensions > 4) {
            throw new Mangled("gives the tensor " + clean(name) + " " + dimensions + " dimensions; it may be damaged");
        }
        for (long i = 0; i < dimensions; i++) {
            u64();
        }
        u32();
        long offset = u64();
        if (offset < 0) {
            throw new Mangled("puts the tensor " + clean(name) + " before its beginning; it may be damaged");
        }
        return offset;
    }

    private long count(String what, long most) throws IOException {
        long count = u64();
        if (count < 0 || count > most) {
            throw new Mangled("claims " + Long.toUnsignedString(count) + " " + what + "; it may be damaged");
        }
        return count;
    }

    private String text(int longest) throws IOException {
        long length = u64();
        fits(length, 1);
        if (length > longest) {
            throw new Mangled("holds a text of " + length + " bytes where " + longest + " are the most");
        }
        return new String(bytes((int) length), StandardCharsets.UTF_8);
    }

    private void fits(long count, long width) throws EOFException {
        if (count < 0 || count > (size - position) / width) {
            throw new EOFException();
        }
    }

    private long u32() throws IOException {
        return number(4) & 0xffff_ffffL;
    }

    private long u64() throws IOException {
        return number(8);
    }

    private long number(int width) throws IOException {
        byte[] padded = new byte[8];
        System.arraycopy(bytes(width), 0, padded, 0, width);
        return ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private byte[] bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        position += count;
        return bytes;
    }

    private void skip(long count) throws IOException {
        fits(count, 1);
        in.skipNBytes(count);
        position += count;
    }

    private static String clean(String key) {
        return key.replaceAll("[^\\w.-]", "?");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

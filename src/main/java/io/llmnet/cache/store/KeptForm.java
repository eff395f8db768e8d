package io.llmnet.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as bytes that another process can read: a version, and then each field, texts and lists with their length before
 * them. What has another version, or is cut off, is no answer.
 */
final class KeptForm {
    private static final int VERSION = 1;

    private KeptForm() {}

    static byte[] bytes(Kept kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(kept.bytes());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(kept.status());
            out.writeLong(kept.madeMillis());
            out.writeBoolean(kept.tellsUsage());
            text(out, kept.contentType());
            out.writeInt(kept.headers().size());
            for (Map.Entry<String, String> header : kept.headers().entrySet()) {
                text(out, header.getKey());
                text(out, header.getValue());
            }
            out.writeInt(kept.trace().size());
            for (String hop : kept.trace()) {
                text(out, hop);
            }
            out.writeInt(kept.body().length);
            out.write(kept.body());
        } catch (IOException e) {
            throw new UncheckedIOException("memory that cannot be written", e);
        }
        return bytes.toByteArray();
    }

    static Optional<Kept> kept(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == VERSION ? Optional.of(fields(in)) : Optional.empty();
        } catch (IOException cutOff) {
            return Optional.empty();
        }
    }

    private static Kept fields(DataInputStream in) throws IOException {
        int status = in.readInt();
        long madeMillis = in.readLong();
        boolean tellsUsage = in.readBoolean();
        String contentType = text(in);
        Map<String, String> headers = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = text(in);
            headers.put(name, text(in));
        }
        List<String> trace = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            trace.add(text(in));
        }
        return new Kept(status, contentType, headers, trace, block(in), madeMillis, tellsUsage);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(block(in), UTF_8);
    }

    private static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException();
        }
        return in.readNBytes(length);
    }
}

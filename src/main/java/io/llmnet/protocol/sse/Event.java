package io.llmnet.protocol.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event, as a range of bytes that is valid until its splitter is fed again.
 *
 * @param bytes where it is in
 * @param start offset of its first byte
 * @param end offset behind the empty line that ends it
 */
@SuppressWarnings("ArrayRecordComponent") // a view that lives for one step
public record Event(byte[] bytes, int start, int end) {
    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);

    /** The event as it came, with the lines that end it. */
    public byte[] raw() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Its data, lines joined by LF; null if it has none, as a comment. */
    public byte @Nullable [] data() {
        return value("data");
    }

    /** The value of a field, lines joined by LF; null if there is no such field. */
    public byte @Nullable [] value(String field) {
        ByteArrayOutputStream joined = null;
        for (Line line = first(); line != null; line = line.next()) {
            if (line.isField(field)) {
                if (joined == null) {
                    joined = new ByteArrayOutputStream(line.to - line.valueAt(field));
                } else {
                    joined.write('\n');
                }
                joined.write(bytes, line.valueAt(field), line.to - line.valueAt(field));
            }
        }
        return joined == null ? null : joined.toByteArray();
    }

    /** Whether it is the one that ends OpenAI's streams. */
    public boolean isDone() {
        if (end - start > 64) {
            return false;
        }
        byte[] data = data();
        return data != null && Arrays.equals(data, DONE);
    }

    /** The event with other data, the rest of its bytes unchanged if its data was one line. */
    public byte[] withData(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start + json.length);
        boolean isWritten = false;
        int from = start;
        for (Line line = first(); line != null; line = line.next()) {
            if (line.isField("data")) {
                out.write(bytes, from, line.from - from);
                if (!isWritten) {
                    out.write(bytes, line.from, line.valueAt("data") - line.from);
                    out.writeBytes(json);
                    out.write(bytes, line.to, line.end - line.to);
                    isWritten = true;
                }
                from = line.end;
            }
        }
        out.write(bytes, from, end - from);
        return out.toByteArray();
    }

    private @Nullable Line first() {
        boolean hasMark = end - start >= 3
                && bytes[start] == (byte) 0xef
                && bytes[start + 1] == (byte) 0xbb
                && bytes[start + 2] == (byte) 0xbf;
        return line(hasMark ? start + 3 : start);
    }

    private @Nullable Line line(int from) {
        if (from >= end) {
            return null;
        }
        int to = from;
        while (to < end && bytes[to] != '\n' && bytes[to] != '\r') {
            to++;
        }
        boolean isPair = to + 1 < end && bytes[to] == '\r' && bytes[to + 1] == '\n';
        return new Line(from, to, Math.min(end, to + (isPair ? 2 : 1)));
    }

    /** One line: from its first byte to its last, and behind what ends it. */
    private final class Line {
        final int from;
        final int to;
        final int end;

        Line(int from, int to, int end) {
            this.from = from;
            this.to = to;
            this.end = end;
        }

        @Nullable
        Line next() {
            return line(end);
        }

        /** Whether it is {@code field: value}, or the field alone, which is an empty value. */
        boolean isField(String field) {
            int length = field.length();
            if (to - from < length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (bytes[from + i] != field.charAt(i)) {
                    return false;
                }
            }
            return to - from == length || bytes[from + length] == ':';
        }

        int valueAt(String field) {
            int at = Math.min(to, from + field.length() + 1);
            return at < to && bytes[at] == ' ' ? at + 1 : at;
        }
    }
}

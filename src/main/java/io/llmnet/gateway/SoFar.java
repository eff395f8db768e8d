package io.llmnet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.Needle;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has said so far, kept as cheaply as can be: the texts are cut out of the events, and read only when they
 * are needed. Chunks hold whole events.
 */
final class SoFar {
    private static final Needle CONTENT = new Needle("\"content\"");
    private static final Needle TOOL_CALLS = new Needle("\"tool_calls\"");
    private static final Needle REASONING = new Needle("\"reasoning");
    private static final Needle INDEX = new Needle("\"index\"");
    private static final Needle DATA = new Needle("data:");
    private static final int MOST_BYTES = 512 * 1024;
    private static final int MOST_OF_FIRST = 4096;

    private final ByteArrayOutputStream escaped = new ByteArrayOutputStream(256);
    private byte @Nullable [] first;
    private boolean isLost;

    void add(byte[] chunk) {
        if (isLost) {
            return;
        }
        if (first == null && DATA.after(chunk, 0, chunk.length) >= 0) {
            first = Arrays.copyOf(chunk, Math.min(chunk.length, MOST_OF_FIRST));
        }
        boolean hasOthers = holds(TOOL_CALLS, '[', chunk)
                || REASONING.after(chunk, 0, chunk.length) >= 0
                || INDEX.isKeyOf('1', chunk, 0, chunk.length);
        if (hasOthers || escaped.size() > MOST_BYTES) {
            isLost = true;
            escaped.reset();
            return;
        }
        for (int at = CONTENT.after(chunk, 0, chunk.length); at >= 0; at = CONTENT.after(chunk, at, chunk.length)) {
            at = text(chunk, at);
        }
    }

    private static boolean holds(Needle key, char value, byte[] chunk) {
        return key.isKeyOf(value, chunk, 0, chunk.length);
    }

    /** Keeps the string that follows a key; returns where to look on. */
    private int text(byte[] chunk, int key) {
        int at = key;
        while (at < chunk.length && (chunk[at] == ' ' || chunk[at] == ':')) {
            at++;
        }
        if (at >= chunk.length || chunk[at] != '"') {
            return at;
        }
        int start = ++at;
        while (at < chunk.length && chunk[at] != '"') {
            at += chunk[at] == '\\' ? 2 : 1;
        }
        escaped.write(chunk, start, Math.max(0, Math.min(at, chunk.length) - start));
        return Math.min(at, chunk.length);
    }

    /** Whether another could go on: there is text, and nothing but text. */
    boolean canGoOn() {
        return !isLost && escaped.size() > 0;
    }

    /** The text. */
    String text() {
        byte[] quoted = new byte[escaped.size() + 2];
        quoted[0] = '"';
        System.arraycopy(escaped.toByteArray(), 0, quoted, 1, escaped.size());
        quoted[quoted.length - 1] = '"';
        return Json.tree(quoted, Fault.STREAM_BROKEN, "what was said").asText();
    }

    /** The beginning of the stream, in which its id and the like stand. */
    String beginning() {
        return first == null ? "" : new String(first, UTF_8);
    }
}

package io.llmnet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Transform;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Makes the stream of a backend that goes on for another look like the rest of the first: the same id, no second role, and
 * nothing told twice, should it have begun from the start (CONFORMANCE 45, 46).
 */
final class Splice implements Transform {
    private static final List<String> OF_THE_WHOLE = List.of("id", "created", "model", "system_fingerprint");

    private final EventSplitter events = new EventSplitter();
    private final ObjectNode head;
    private final String said;
    /** What came and is, so far, the same as what was said; held back until it is known to be more than that. */
    private final StringBuilder echo = new StringBuilder();

    private boolean isNew;

    /**
     * For a stream that goes on.
     *
     * @param beginning of the first stream
     * @param said what the first stream has said
     */
    Splice(String beginning, String said) {
        this.head = head(beginning);
        this.said = said;
    }

    private static ObjectNode head(String beginning) {
        EventSplitter splitter = new EventSplitter();
        splitter.feed(beginning.getBytes(UTF_8));
        for (Event event = splitter.next(); event != null; event = splitter.next()) {
            byte[] data = event.data();
            if (data != null && data.length > 0 && data[0] == '{') {
                return Json.object(data, Fault.STREAM_BROKEN, "an event");
            }
        }
        return Json.object();
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length);
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            event(event, out);
        }
        return out.toByteArray();
    }

    @Override
    public byte[] end() {
        return new byte[0];
    }

    private void event(Event event, ByteArrayOutputStream out) {
        byte[] data = event.data();
        if (data == null || event.isDone()) {
            out.writeBytes(event.raw());
            return;
        }
        ObjectNode told = Json.object(data, Fault.BACKEND_NONSENSE, "an event");
        OF_THE_WHOLE.forEach(key -> {
            if (head.has(key) && told.has(key)) {
                told.set(key, head.get(key));
            }
        });
        if (isWorthTelling(told)) {
            out.writeBytes(event.withData(Json.bytes(told)));
        }
    }

    private boolean isWorthTelling(ObjectNode told) {
        JsonNode choice = told.path("choices").path(0);
        if (!(choice.path("delta") instanceof ObjectNode delta)) {
            return true;
        }
        delta.remove("role");
        if (delta.path("tool_calls").size() > 0 && !isNew && echo.length() > 0) {
            throw new ChatException(Fault.STREAM_BROKEN, "the answer broke off, and its rest does not fit");
        }
        String content = delta.path("content").asText("");
        if (!content.isEmpty() && !isNew) {
            String rest = withoutEcho(content);
            delta.put("content", rest);
            content = rest;
        }
        boolean ends = choice.hasNonNull("finish_reason");
        if (choice.path("finish_reason").asText("").equals("stop") && !isNew && echo.length() > 0) {
            // It looked like the beginning once more, but nobody repeats that and then stops.
            content = echo.toString();
            delta.put("content", content);
            isNew = true;
        }
        return !content.isEmpty() || ends || delta.size() > (delta.has("content") ? 1 : 0);
    }

    /**
     * What of a piece is new. Some servers repeat the beginning that they were given. As long as all that has come could be
     * that, it is held back; it is told once it turns out to be something else.
     */
    private String withoutEcho(String piece) {
        echo.append(piece);
        String all = echo.toString();
        if (all.length() >= said.length() && all.startsWith(said)) {
            isNew = true;
            return all.substring(said.length());
        }
        if (said.startsWith(all)) {
            return "";
        }
        isNew = true;
        return all;
    }
}

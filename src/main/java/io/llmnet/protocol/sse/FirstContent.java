package io.llmnet.protocol.sse;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches a stream that is held back until something real is in it: before that, a failing backend can still become a
 * clean HTTP error or be replaced by another (CONFORMANCE 4, 38, 46).
 */
public final class FirstContent {
    /** How far the stream is; once it is not WAITING it stays as it is. */
    public enum State {
        /** Only comments, roles and empty texts so far. */
        WAITING,
        /** Something that the caller must see: text, reasoning, a tool call, an end. */
        CONTENT,
        /** The first thing said was an error. */
        ERROR
    }

    private static final Needle ERROR = new Needle("error");
    private static final Needle TEXT = new Needle("\"content\":\"");

    /** Keys of a delta that say nothing by themselves. */
    private static final Set<String> SILENT = Set.of("role", "id", "type", "annotations");

    private final EventSplitter events = new EventSplitter();
    private State state = State.WAITING;
    private byte[] error = {};

    /**
     * Takes the next bytes.
     *
     * @throws ChatException BACKEND_NONSENSE when an event is no JSON
     */
    public State feed(byte[] chunk) {
        if (state == State.WAITING) {
            events.feed(chunk);
            for (Event event = events.next(); event != null && state == State.WAITING; event = events.next()) {
                state = of(event);
            }
        }
        return state;
    }

    /** The JSON of the error that the stream began with; empty in other states. */
    public byte[] error() {
        return error;
    }

    private State of(Event event) {
        int text = TEXT.after(event.bytes(), event.start(), event.end());
        if (text >= 0 && event.bytes()[text] != '"') {
            return State.CONTENT;
        }
        byte[] failure = event.value("error"); // older llama.cpp has a field of this name
        byte[] data = failure == null ? event.data() : failure;
        if (data == null || data.length == 0) {
            return State.WAITING;
        }
        return event.isDone() ? State.CONTENT : of(data, failure != null);
    }

    private State of(byte[] data, boolean isFailure) {
        JsonNode chunk = Json.tree(data, Fault.BACKEND_NONSENSE, "an event of the backend's stream");
        if (isFailure || isError(chunk)) {
            error = data;
            return State.ERROR;
        }
        return chunk.path("usage").isObject() || hasContent(chunk.path("choices")) ? State.CONTENT : State.WAITING;
    }

    /** The JSON of the error that an event tells of; null when it tells of none, or is no JSON. */
    public static byte @Nullable [] error(Event event) {
        if (ERROR.after(event.bytes(), event.start(), event.end()) < 0) {
            return null;
        }
        byte[] failure = event.value("error");
        byte[] data = failure == null ? event.data() : failure;
        return data != null && (failure != null ? data.length > 0 && data[0] == '{' : isError(data)) ? data : null;
    }

    /** Whether JSON that came with a good status is an error all the same, and no answer. */
    public static boolean isError(byte[] json) {
        if (json.length == 0 || json[0] != '{' || ERROR.after(json, 0, json.length) < 0) {
            return false;
        }
        try {
            JsonNode told = Json.tree(json, Fault.BACKEND_NONSENSE, "an answer");
            return isError(told) && !told.has("choices");
        } catch (ChatException e) {
            return false;
        }
    }

    static boolean isError(@Nullable JsonNode chunk) {
        return chunk != null
                && (chunk.hasNonNull("error") || chunk.path("object").asText("").equals("error"));
    }

    private static boolean hasContent(JsonNode choices) {
        for (JsonNode choice : choices) {
            if (choice.hasNonNull("finish_reason") || isSaid(choice.path("text")) || isSaid(choice.path("delta"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSaid(JsonNode value) {
        if (!value.isObject()) {
            return value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty() || value.isNumber();
        }
        Iterator<String> keys = value.fieldNames();
        while (keys.hasNext()) {
            String key = keys.next();
            if (!SILENT.contains(key) && isSaid(value.path(key))) {
                return true;
            }
        }
        return false;
    }
}

package io.llmnet.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call got: a status, and a body on its way. Not an error of ours: those are
 * {@link io.llmnet.fault.ChatException}s; but it may be a backend's error, passed on with its own words.
 *
 * @param status the HTTP status that the caller shall see
 * @param contentType of the body, as the backend named it
 * @param body the bytes, not yet read
 * @param trace the names of the hops that led here, in order; empty where there was but a plain backend
 * @param spent the usage of calls before the one that made this body, which the body's own usage leaves out
 * @param headers what the caller is told besides, by lower-case names: who answered and why, when to come again
 */
public record Answer(
        int status, String contentType, ByteStream body, List<String> trace, Usage spent, Map<String, String> headers) {
    public Answer {
        trace = List.copyOf(trace);
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, String contentType, ByteStream body) {
        return new Answer(status, contentType, body, List.of(), Usage.NONE, Map.of());
    }

    /** A backend's refusal. */
    public static Answer refusal(int status, ByteStream json, Map<String, String> headers) {
        return new Answer(status, "application/json", json, List.of(), Usage.NONE, headers);
    }

    /** This answer at the end of a run: over these hops, after calls that have used so much. */
    public Answer after(List<String> hops, Usage before) {
        return new Answer(status, contentType, body, hops, before, headers);
    }

    public boolean isOk() {
        return status / 100 == 2;
    }

    public boolean isEventStream() {
        return contentType.startsWith("text/event-stream");
    }

    /** The same answer as a stream of these events. */
    public Answer streaming(ByteStream events) {
        return new Answer(status, "text/event-stream", events, trace, spent, headers);
    }

    public Answer withBody(ByteStream other) {
        return new Answer(status, contentType, other, trace, spent, headers);
    }

    /** The same answer, of which the caller is told so much besides. */
    public Answer telling(Map<String, String> more) {
        if (headers.isEmpty()) {
            return new Answer(status, contentType, body, trace, spent, more);
        }
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Answer(status, contentType, body, trace, spent, all);
    }
}

package io.llmnet.protocol.sse;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** The words of a stream's first choice, as far as they fit: for who listens beside the caller. One stream, one thread. */
public final class Transcript {
    private final int mostCharacters;
    private final EventSplitter events = new EventSplitter();
    private final StringBuilder words = new StringBuilder();
    private boolean isDone;

    public Transcript(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /**
     * Takes the next bytes, which nobody may change.
     *
     * @throws ChatException BACKEND_FAILED when the stream tells of an error, BACKEND_NONSENSE when it is none
     */
    public void feed(byte[] chunk) {
        if (isDone || isFull()) {
            return;
        }
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            add(event);
        }
    }

    /** The words so far. */
    public String words() {
        return words.toString();
    }

    private boolean isFull() {
        return words.length() >= mostCharacters;
    }

    private void add(Event event) {
        byte[] data = event.data();
        if (data == null || data.length == 0 || isDone || isFull()) {
            return;
        }
        isDone = event.isDone();
        if (isDone) {
            return;
        }
        JsonNode chunk = Json.object(data, Fault.BACKEND_NONSENSE, "an event of the backend's stream");
        if (chunk.hasNonNull("error")) {
            throw new ChatException(Fault.BACKEND_FAILED, "the backend failed while answering");
        }
        for (JsonNode choice : chunk.path("choices")) {
            String piece = choice.path("delta").path("content").asText("");
            if (choice.path("index").asInt() == 0) {
                words.append(piece, 0, Math.min(piece.length(), mostCharacters - words.length()));
            }
        }
    }
}

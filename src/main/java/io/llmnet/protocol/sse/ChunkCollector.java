package io.llmnet.protocol.sse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers a stream of {@code chat.completion.chunk}s into the {@code chat.completion} that it would have been: for a
 * backend that streams though it was not asked to, or for a node that needs the whole of it.
 */
public final class ChunkCollector {
    private static final long MAX_STREAM = 64L << 20;

    private final EventSplitter events = new EventSplitter();
    private final ObjectNode answer = Json.object();
    private final Map<Integer, ChoiceCollector> choices = new TreeMap<>();
    private long read;
    private boolean isDone;

    /**
     * Takes the next bytes.
     *
     * @throws ChatException BACKEND_FAILED when the stream tells of an error, BACKEND_NONSENSE when it is none or endless
     */
    public void feed(byte[] chunk) {
        read += chunk.length;
        if (read > MAX_STREAM) {
            throw new ChatException(Fault.BACKEND_NONSENSE, "the backend's stream does not end");
        }
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            add(event);
        }
    }

    /**
     * The whole answer, when the stream has ended.
     *
     * @throws ChatException STREAM_BROKEN when it ended before its time
     */
    public byte[] completion() {
        if (!events.isBetween()) {
            add(events.rest());
        }
        boolean isFinished = isDone || choices.values().stream().allMatch(ChoiceCollector::isFinished);
        if (choices.isEmpty() || !isFinished) {
            throw new ChatException(Fault.STREAM_BROKEN, "the backend's stream broke off before its end");
        }
        answer.put("object", "chat.completion");
        ArrayNode all = answer.putArray("choices");
        choices.forEach((index, choice) -> all.add(choice.choice(index)));
        return Json.bytes(answer);
    }

    private void add(Event event) {
        byte[] data = event.data();
        if (data == null || data.length == 0 || isDone) {
            return;
        }
        isDone = event.isDone();
        if (!isDone) {
            add(Json.object(data, Fault.BACKEND_NONSENSE, "an event of the backend's stream"));
        }
    }

    private void add(ObjectNode chunk) {
        if (FirstContent.isError(chunk)) {
            JsonNode error = chunk.path("error");
            String message = error.path("message")
                    .asText(error.asText(chunk.path("message").asText()));
            throw new ChatException(Fault.BACKEND_FAILED, "the backend failed while answering: " + message);
        }
        chunk.properties().forEach(member -> {
            if (!member.getKey().equals("choices") && !member.getValue().isNull()) {
                answer.set(member.getKey(), member.getValue());
            }
        });
        chunk.path("choices")
                .forEach(choice -> choices.computeIfAbsent(choice.path("index").asInt(), i -> new ChoiceCollector())
                        .add(choice));
    }
}

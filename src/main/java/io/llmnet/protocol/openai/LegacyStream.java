package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Transform;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import java.util.HashSet;
import java.util.Set;

/** Chat chunks into completion chunks; comments, errors and {@code [DONE]} pass. */
final class LegacyStream implements Transform {
    private final int index;
    private final String echo;
    private final EventSplitter events = new EventSplitter();
    private final Set<Integer> begun = new HashSet<>();

    LegacyStream(int index, String echo) {
        this.index = index;
        this.echo = echo;
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        Splice out = new Splice(chunk.length);
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            write(event, out);
        }
        return out.bytes();
    }

    @Override
    public byte[] end() {
        Splice out = new Splice(64);
        if (!events.isBetween()) {
            write(events.rest(), out);
        }
        return out.bytes();
    }

    private void write(Event event, Splice out) {
        byte[] data = event.data();
        if (data == null || data.length == 0 || event.isDone()) {
            out.raw(event.bytes(), event.start(), event.end());
            return;
        }
        ObjectNode chat = Json.object(data, Fault.BACKEND_NONSENSE, "an event of the backend's stream");
        if (!chat.path("choices").isArray()) {
            out.raw(event.bytes(), event.start(), event.end());
            return;
        }
        ObjectNode legacy = legacy(chat);
        if (!legacy.path("choices").isEmpty() || legacy.path("usage").isObject()) {
            out.text("data: ").raw(Json.bytes(legacy)).text("\n\n");
        }
    }

    private ObjectNode legacy(ObjectNode chat) {
        ObjectNode legacy = Json.object();
        LegacyChoice.begin(chat, legacy);
        ArrayNode choices = legacy.putArray("choices");
        for (JsonNode choice : chat.path("choices")) {
            add(choice, choices);
        }
        if (chat.has("usage")) {
            legacy.set("usage", chat.get("usage"));
        }
        return legacy;
    }

    /** Leaves out what says nothing: a role, a text that is empty. */
    private void add(JsonNode choice, ArrayNode choices) {
        int number = choice.path("index").asInt();
        String before = begun.add(number) ? echo : "";
        ObjectNode legacy = LegacyChoice.of(choice, choice.path("delta"), index + number, before);
        if (!legacy.path("text").textValue().isEmpty() || legacy.hasNonNull("finish_reason")) {
            choices.add(legacy);
        }
    }
}

package io.llmnet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a {@link FakeBackend} is asked.
 *
 * @param kind what the model does: its name up to the first colon
 * @param argument the rest of its name
 */
record FakeQuestion(Wire wire, JsonNode json, String model, String kind, String argument, boolean stream) {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** The three shapes of requests and answers. */
    enum Wire {
        CHAT,
        COMPLETIONS,
        OLLAMA
    }

    static FakeQuestion of(FakeVisit visit) {
        JsonNode json = tree(visit.body());
        Wire wire = visit.path().endsWith("/api/chat")
                ? Wire.OLLAMA
                : visit.path().endsWith("/chat/completions") ? Wire.CHAT : Wire.COMPLETIONS;
        String model = json.path("model").asText("ok");
        int colon = model.indexOf(':');
        return new FakeQuestion(
                wire,
                json,
                model,
                colon < 0 ? model : model.substring(0, colon),
                colon < 0 ? "" : model.substring(colon + 1),
                json.path("stream").asBoolean(wire == Wire.OLLAMA));
    }

    int number() {
        return Integer.parseInt(argument);
    }

    boolean wantsUsage() {
        return json.path("stream_options").path("include_usage").asBoolean();
    }

    boolean offersTools() {
        return json.path("tools").size() > 0
                && !"tool".equals(lastMessage().path("role").asText());
    }

    String firstTool() {
        return json.path("tools").path(0).path("function").path("name").asText();
    }

    /** The prompt, or the text of the last message. */
    String text() {
        JsonNode said =
                wire == Wire.COMPLETIONS ? json.path("prompt") : lastMessage().path("content");
        return said.isArray()
                ? StreamSupport.stream(said.spliterator(), false)
                        .map(part -> part.path("text").asText())
                        .collect(Collectors.joining())
                : said.asText();
    }

    private JsonNode lastMessage() {
        JsonNode messages = json.path("messages");
        return messages.path(messages.size() - 1);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }
}

package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;

/** The parts of one candidate as messages, or pieces of one; counts its calls, which mostly come without an id. */
final class GeminiParts {
    private final String id;
    private final int candidate;
    private final boolean isStream;
    private int calls;

    GeminiParts(String id, int candidate, boolean isStream) {
        this.id = id;
        this.candidate = candidate;
        this.isStream = isStream;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    /** What the parts say; empty if they say nothing. */
    ObjectNode message(JsonNode parts) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        ArrayNode called = Json.object().putArray("tool_calls");
        ArrayNode images = Json.object().putArray("images");
        for (JsonNode part : parts) {
            if (part.path("text").isTextual()) {
                (part.path("thought").asBoolean() ? thoughts : text)
                        .append(part.path("text").textValue());
            } else if (part.path("functionCall").isObject()) {
                called.add(call(part));
            } else if (part.path("inlineData").isObject()) {
                images.add(image(part.path("inlineData")));
            }
        }
        ObjectNode message = Json.object();
        if (thoughts.length() > 0) {
            message.put("reasoning_content", thoughts.toString());
        }
        if (text.length() > 0) {
            message.put("content", text.toString());
        }
        if (!images.isEmpty()) {
            message.set("images", images);
        }
        if (!called.isEmpty()) {
            message.set("tool_calls", called);
        }
        return message;
    }

    private ObjectNode call(JsonNode part) {
        JsonNode theirs = part.path("functionCall");
        JsonNode arguments = theirs.path("args");
        ObjectNode call = Json.object();
        if (isStream) {
            call.put("index", calls);
        }
        String given = theirs.path("id").asText("");
        call.put("id", given.isEmpty() ? "call_" + id + "_" + candidate + "_" + calls : given);
        call.put("type", "function");
        call.putObject("function")
                .put("name", theirs.path("name").asText(""))
                .put("arguments", arguments.isObject() ? Json.text(arguments) : "{}");
        if (part.path("thoughtSignature").isTextual()) {
            // where Google's own OpenAI endpoint has it; clients give it back with the call
            call.putObject("extra_content").putObject("google").set("thought_signature", part.path("thoughtSignature"));
        }
        calls++;
        return call;
    }

    /** As others who make images tell them in a chat. */
    private static ObjectNode image(JsonNode data) {
        ObjectNode image = Json.object().put("type", "image_url");
        image.putObject("image_url")
                .put(
                        "url",
                        "data:" + data.path("mimeType").asText("") + ";base64,"
                                + data.path("data").asText(""));
        return image;
    }
}

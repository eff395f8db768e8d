package io.llmnet.protocol.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.List;

/** One chat request on its way into Ollama's words. */
final class OllamaRequest {
    /** Options that bear the same name on both sides, or that only Ollama has and callers send along. */
    private static final List<String> OPTIONS = List.of(
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "frequency_penalty",
            "presence_penalty",
            "repeat_penalty",
            "num_ctx");

    private static final List<String> KEPT = List.of("keep_alive", "logprobs", "top_logprobs");

    private final ObjectNode asked;
    private final int numCtx;
    private final ObjectNode request = Json.object();

    OllamaRequest(byte[] body, int numCtx) {
        this.numCtx = numCtx;
        this.asked = Json.object(body, Fault.MALFORMED_JSON, "the body");
    }

    byte[] bytes() {
        request.set("model", asked.path("model"));
        request.set("messages", new OllamaMessages(asked.path("messages")).all());
        request.put("stream", asked.path("stream").asBoolean()); // Ollama streams unless told not to
        tools();
        format();
        think();
        KEPT.forEach(key -> keep(key, request));
        options();
        return Json.bytes(request);
    }

    private void tools() {
        JsonNode choice = asked.path("tool_choice");
        if (choice.asText("").equals("none")) {
            return; // there is no such choice in Ollama: without tools it cannot call any
        }
        String only = choice.path("function").path("name").asText("");
        ArrayNode tools = Json.object().putArray("tools");
        for (JsonNode tool : asked.path("tools")) {
            if (only.isEmpty() || tool.path("function").path("name").asText("").equals(only)) {
                tools.add(tool);
            }
        }
        if (!tools.isEmpty()) {
            request.set("tools", tools);
        }
    }

    private void format() {
        JsonNode wanted = asked.path("response_format");
        switch (wanted.path("type").asText("")) {
            case "json_object" -> request.put("format", "json");
            case "json_schema" ->
                request.set("format", wanted.path("json_schema").path("schema"));
            default -> keep("format", request);
        }
    }

    private void think() {
        String effort = asked.path("reasoning_effort").asText("");
        if (asked.hasNonNull("think")) {
            keep("think", request);
        } else if (effort.equals("none") || effort.equals("minimal")) {
            request.put("think", false);
        } else if (asked.hasNonNull("reasoning_effort")) {
            request.put("think", effort);
        }
    }

    private void options() {
        ObjectNode options = asked.path("options").isObject() ? (ObjectNode) asked.path("options") : Json.object();
        OPTIONS.forEach(key -> keep(key, options));
        JsonNode stop = asked.path("stop");
        if (stop.isArray()) {
            options.set("stop", stop);
        } else if (stop.isTextual()) {
            options.putArray("stop").add(stop);
        }
        String limit = asked.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        if (asked.hasNonNull(limit)) {
            options.set("num_predict", asked.get(limit));
        }
        if (numCtx > 0 && !options.hasNonNull("num_ctx")) {
            options.put("num_ctx", numCtx);
        }
        if (!options.isEmpty()) {
            request.set("options", options);
        }
    }

    private void keep(String key, ObjectNode to) {
        if (asked.hasNonNull(key)) {
            to.set(key, asked.get(key));
        }
    }
}

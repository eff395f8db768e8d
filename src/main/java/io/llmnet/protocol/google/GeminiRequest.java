package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** One chat request on its way into Gemini's words. What Gemini has no word for is left out. */
final class GeminiRequest {
    /** From its third generation on, Gemini takes levels of thinking, and wants its calls signed. */
    private static final Pattern LEVELS = Pattern.compile("(models/)?gemini-([3-9]|[1-9]\\d).*");

    private static final Map<String, String> SAME = new LinkedHashMap<>();

    static {
        SAME.put("temperature", "temperature");
        SAME.put("top_p", "topP");
        SAME.put("top_k", "topK");
        SAME.put("n", "candidateCount");
        SAME.put("presence_penalty", "presencePenalty");
        SAME.put("frequency_penalty", "frequencyPenalty");
    }

    private final ObjectNode asked;
    private final ObjectNode request = Json.object();
    private final ObjectNode config = Json.object();
    private final String model;
    private final boolean hasLevels;

    GeminiRequest(byte[] body) {
        this.asked = Json.object(body, Fault.MALFORMED_JSON, "the body");
        this.model = asked.path("model").asText("");
        this.hasLevels = LEVELS.matcher(model).matches();
    }

    byte[] bytes() {
        new GeminiContents(asked.path("messages"), hasLevels).write(request);
        tools();
        SAME.forEach((ours, theirs) -> {
            if (asked.path(ours).isNumber()) {
                config.set(theirs, asked.path(ours));
            }
        });
        if (asked.path("seed").canConvertToInt()) {
            config.set("seed", asked.path("seed")); // a larger one Gemini refuses
        }
        limits();
        format();
        thinking();
        if (!config.isEmpty()) {
            request.set("generationConfig", config);
        }
        return Json.bytes(request);
    }

    private void tools() {
        ArrayNode functions = Json.object().putArray("functionDeclarations");
        for (JsonNode tool : asked.path("tools")) {
            if (tool.path("function").isObject()) {
                functions.add(function(tool.path("function")));
            }
        }
        if (functions.isEmpty()) {
            return;
        }
        request.putArray("tools").addObject().set("functionDeclarations", functions);
        JsonNode choice = asked.path("tool_choice");
        String name = choice.path("function").path("name").asText("");
        String mode = name.isEmpty() ? mode(choice.asText("")) : "ANY";
        if (!mode.isEmpty()) {
            ObjectNode calling = request.putObject("toolConfig")
                    .putObject("functionCallingConfig")
                    .put("mode", mode);
            if (!name.isEmpty()) {
                calling.putArray("allowedFunctionNames").add(name);
            }
        }
    }

    private static String mode(String choice) {
        return switch (choice) {
            case "auto" -> "AUTO";
            case "none" -> "NONE";
            case "required" -> "ANY";
            default -> "";
        };
    }

    /** Gemini refuses an object of no members: who takes no arguments has no parameters. */
    private static ObjectNode function(JsonNode asked) {
        ObjectNode function = Json.object().put("name", asked.path("name").asText(""));
        if (asked.path("description").isTextual()) {
            function.set("description", asked.path("description"));
        }
        if (!asked.path("parameters").path("properties").isEmpty()
                || asked.path("parameters").has("$ref")) {
            function.set("parameters", GeminiSchema.of(asked.path("parameters")));
        }
        return function;
    }

    private void limits() {
        int most = asked.path("max_completion_tokens")
                .asInt(asked.path("max_tokens").asInt());
        if (most > 0) {
            config.put("maxOutputTokens", most);
        }
        JsonNode stop = asked.path("stop");
        if (stop.isTextual()) {
            config.putArray("stopSequences").add(stop);
        } else if (!stop.isEmpty()) {
            config.set("stopSequences", stop);
        }
    }

    private void format() {
        JsonNode format = asked.path("response_format");
        String type = format.path("type").asText("");
        if (type.equals("json_object") || type.equals("json_schema")) {
            config.put("responseMimeType", "application/json");
        }
        JsonNode schema = format.path("json_schema").path("schema");
        if (type.equals("json_schema") && schema.isObject()) {
            config.set("responseSchema", GeminiSchema.of(schema));
        }
    }

    /** The numbers are those that Google gives for OpenAI's words; the larger models cannot but think a little. */
    private void thinking() {
        if (!asked.path("reasoning_effort").isTextual()) {
            return;
        }
        String effort = asked.path("reasoning_effort").textValue();
        boolean isPro = model.contains("-pro");
        ObjectNode thinking = Json.object();
        if (hasLevels) {
            thinking.put(
                    "thinkingLevel",
                    switch (effort) {
                        case "none", "minimal" -> isPro ? "low" : "minimal";
                        case "low", "medium" -> effort;
                        default -> "high";
                    });
        } else {
            thinking.put(
                    "thinkingBudget",
                    switch (effort) {
                        case "none" -> isPro ? 128 : 0;
                        case "minimal", "low" -> 1024;
                        case "medium" -> 8192;
                        default -> 24_576;
                    });
        }
        if (!effort.equals("none")) {
            thinking.put("includeThoughts", true);
        }
        config.set("thinkingConfig", thinking);
    }
}

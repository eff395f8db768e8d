package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** One chat request on its way into Anthropic's words. What Anthropic has no word for is left out. */
final class AnthropicRequest {
    private static final int SHORTEST_THINKING = 1024;
    private static final int LONGEST_USER = 256;

    private final ObjectNode asked;
    private final ObjectNode request = Json.object();
    private final Claude model;
    private final AnthropicMessages messages;
    private int mostTokens;

    AnthropicRequest(byte[] body) {
        this.asked = Json.object(body, Fault.MALFORMED_JSON, "the body");
        this.model = Claude.of(asked.path("model").asText(""));
        this.messages = new AnthropicMessages(asked.path("messages"));
    }

    byte[] bytes() {
        if (asked.path("n").asInt(1) != 1) {
            throw ChatException.in("n", Fault.BAD_REQUEST, "Anthropic gives one choice; ask with \"n\": 1");
        }
        request.set("model", asked.path("model"));
        mostTokens = mostTokens();
        request.put("max_tokens", mostTokens);
        tools();
        new AnswerFormat(asked, request, messages, model).write();
        messages.write(request);
        thinking();
        sampling();
        stops();
        String user = asked.path("user").asText(asked.path("safety_identifier").asText(""));
        if (!user.isEmpty() && user.length() <= LONGEST_USER) {
            request.putObject("metadata").put("user_id", user);
        }
        if (asked.path("stream").asBoolean()) {
            request.put("stream", true);
        }
        return Json.bytes(request);
    }

    private int mostTokens() {
        int most = asked.path("max_completion_tokens")
                .asInt(asked.path("max_tokens").asInt());
        return most > 0 ? most : model.mostTokens();
    }

    private void tools() {
        ArrayNode tools = Json.object().putArray("tools");
        for (JsonNode tool : asked.path("tools")) {
            if (tool.path("function").isObject()) {
                tools.add(tool(tool));
            }
        }
        if (tools.isEmpty()) {
            return;
        }
        request.set("tools", tools);
        ObjectNode choice = choice(asked.path("tool_choice"));
        boolean isSingle = asked.path("parallel_tool_calls").isBoolean()
                && !asked.path("parallel_tool_calls").booleanValue();
        if (isSingle && !choice.path("type").asText("").equals("none")) {
            choice.put("type", choice.path("type").asText("auto")).put("disable_parallel_tool_use", true);
        }
        if (!choice.isEmpty()) {
            request.set("tool_choice", choice);
        }
    }

    private static ObjectNode tool(JsonNode asked) {
        JsonNode function = asked.path("function");
        ObjectNode tool = Json.object().put("name", function.path("name").asText(""));
        if (function.path("description").isTextual()) {
            tool.set("description", function.path("description"));
        }
        ObjectNode schema = Json.object().put("type", "object");
        if (function.path("parameters") instanceof ObjectNode parameters) {
            schema.setAll(parameters);
        }
        if (!schema.has("properties")) {
            schema.putObject("properties");
        }
        tool.set("input_schema", schema);
        if (asked.path("cache_control").isObject()) {
            tool.set("cache_control", asked.path("cache_control"));
        }
        return tool;
    }

    private static ObjectNode choice(JsonNode asked) {
        String name = asked.path("function").path("name").asText("");
        if (!name.isEmpty()) {
            return Json.object().put("type", "tool").put("name", name);
        }
        return switch (asked.asText("")) {
            case "auto" -> Json.object().put("type", "auto");
            case "none" -> Json.object().put("type", "none");
            case "required" -> Json.object().put("type", "any");
            default -> Json.object();
        };
    }

    /**
     * How long to think. Thinking goes with no choice of tools that forces one, and where an older model thinks, it wants the
     * thoughts of the calls that it has made back, which OpenAI's words cannot carry.
     */
    private void thinking() {
        String forced = request.path("tool_choice").path("type").asText("");
        boolean isForced = forced.equals("any") || forced.equals("tool");
        if (asked.path("thinking").isObject()) {
            request.set("thinking", asked.path("thinking"));
        } else if (asked.path("reasoning_effort").isTextual() && !isForced) {
            String effort = asked.path("reasoning_effort").textValue();
            if (model.isAdaptive()) {
                effort(effort);
            } else {
                budget(effort);
            }
        }
    }

    private void effort(String effort) {
        if (effort.equals("none")) {
            request.putObject("thinking").put("type", "disabled");
            return;
        }
        request.putObject("thinking").put("type", "adaptive").put("display", "summarized");
        String level = switch (effort) {
            case "minimal" -> "low";
            case "xhigh" -> model.isSampled() ? "high" : "xhigh"; // newer than what still takes a temperature
            default -> effort;
        };
        request.withObjectProperty("output_config").put("effort", level);
    }

    /** The numbers are those that Google gives for the same words; an answer needs room beside its thoughts. */
    private void budget(String effort) {
        int wanted = switch (effort) {
            case "low" -> SHORTEST_THINKING;
            case "medium" -> 8192;
            case "high", "xhigh", "max" -> 24_576;
            default -> 0;
        };
        int budget = Math.min(wanted, mostTokens / 2);
        if (budget >= SHORTEST_THINKING && !messages.isInToolLoop() && !messages.isPrefilled()) {
            request.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
        }
    }

    /** Newer models refuse two ways of sampling at once, and who thinks takes none. */
    private void sampling() {
        boolean thinks = request.has("thinking")
                && !request.path("thinking").path("type").asText("").equals("disabled");
        if (thinks || !model.isSampled()) {
            return;
        }
        JsonNode temperature = asked.path("temperature");
        if (temperature.isNumber()) {
            double clamped = Math.max(0, Math.min(1, temperature.doubleValue()));
            request.set(
                    "temperature",
                    clamped == temperature.doubleValue()
                            ? temperature
                            : Json.object().numberNode(clamped));
        } else if (asked.path("top_p").isNumber()) {
            request.set("top_p", asked.path("top_p"));
        }
        if (asked.path("top_k").isNumber()) {
            request.set("top_k", asked.path("top_k"));
        }
    }

    /** Anthropic refuses to stop at white space. */
    private void stops() {
        JsonNode stop = asked.path("stop");
        ArrayNode stops = Json.object().putArray("stop");
        for (JsonNode text : stop.isTextual() ? Json.object().putArray("stop").add(stop) : stop) {
            if (!text.asText("").isBlank()) {
                stops.add(text.asText(""));
            }
        }
        if (!stops.isEmpty()) {
            request.set("stop_sequences", stops);
        }
    }
}

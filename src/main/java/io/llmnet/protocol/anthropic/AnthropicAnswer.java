package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Usages;

/** What Anthropic says when it says it whole, in OpenAI's words. */
final class AnthropicAnswer {
    private AnthropicAnswer() {}

    static byte[] whole(byte[] json, String id, long createdSeconds) {
        ObjectNode said = Json.object(json, Fault.BACKEND_NONSENSE, "Anthropic's answer");
        if (!said.path("content").isArray()) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE, "Anthropic's answer has no content; is this its /v1/messages?");
        }
        ObjectNode message = message(said.path("content"));
        ObjectNode answer = Json.object()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", createdSeconds)
                .put("model", said.path("model").asText(""));
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.put("finish_reason", finishReason(said.path("stop_reason").asText(""), message.has("tool_calls")));
        answer.set("usage", Usages.json(usage(said.path("usage"), Usage.NONE)));
        return Json.bytes(answer);
    }

    private static ObjectNode message(JsonNode blocks) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        ArrayNode calls = Json.object().putArray("tool_calls");
        for (JsonNode block : blocks) {
            switch (block.path("type").asText("")) {
                case "text" -> text.append(block.path("text").asText(""));
                case "thinking" -> thoughts.append(block.path("thinking").asText(""));
                case "tool_use" -> {
                    if (block.path("name").asText("").equals(AnswerFormat.TOOL)) {
                        text.append(Json.text(block.path("input")));
                    } else {
                        calls.add(call(block));
                    }
                }
                default -> {} // tools of Anthropic's own, and what is yet to be invented
            }
        }
        ObjectNode message = Json.object().put("role", "assistant");
        message.put("content", text.length() == 0 && !calls.isEmpty() ? null : text.toString());
        if (thoughts.length() > 0) {
            message.put("reasoning_content", thoughts.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    private static ObjectNode call(JsonNode block) {
        JsonNode input = block.path("input");
        ObjectNode call = Json.object().put("id", block.path("id").asText("")).put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").asText(""))
                .put("arguments", input.isObject() ? Json.text(input) : "{}");
        return call;
    }

    /** @param calls whether the caller is told of a tool to call; the one that is but a format does not count */
    static String finishReason(String stopReason, boolean calls) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> "length";
            case "tool_use" -> calls ? "tool_calls" : "stop";
            case "refusal" -> "content_filter";
            default -> "stop";
        };
    }

    /** Counts as told, and where nothing is told, those before: later events tell only what has changed. */
    static Usage usage(JsonNode told, Usage before) {
        if (!told.isObject()) {
            return before;
        }
        long cached = count(told, "cache_read_input_tokens");
        long prompt = count(told, "input_tokens") + count(told, "cache_creation_input_tokens") + cached;
        boolean hasPrompt = prompt > 0;
        return new Usage(
                hasPrompt ? prompt : before.promptTokens(),
                told.path("output_tokens").isNumber() ? count(told, "output_tokens") : before.completionTokens(),
                hasPrompt ? cached : before.cachedTokens(),
                0);
    }

    private static long count(JsonNode told, String key) {
        return Math.max(0, told.path(key).asLong());
    }
}

package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Usages;

/** What Gemini says when it says it whole, in OpenAI's words. */
final class GeminiAnswer {
    private GeminiAnswer() {}

    static byte[] whole(byte[] json, String id, long createdSeconds) {
        ObjectNode said = read(json);
        if (said.has("error")) {
            throw new ChatException(Fault.BACKEND_FAILED, "Gemini failed: " + GeminiError.message(said));
        }
        ObjectNode answer = Json.object()
                .put("id", id)
                .put("object", "chat.completion")
                .put("created", createdSeconds)
                .put("model", said.path("modelVersion").asText(""));
        ArrayNode choices = answer.putArray("choices");
        for (JsonNode candidate : said.path("candidates")) {
            choice(candidate, id, choices);
        }
        if (choices.isEmpty() && !isBlocked(said)) {
            throw new ChatException(Fault.BACKEND_FAILED, "Gemini gave no answer, and no reason");
        }
        if (choices.isEmpty()) {
            ObjectNode choice = choices.addObject().put("index", 0);
            choice.putObject("message").put("role", "assistant").put("content", "");
            choice.put("finish_reason", "content_filter");
        }
        answer.set("usage", Usages.json(usage(said.path("usageMetadata"))));
        return Json.bytes(answer);
    }

    /** One event or a whole answer, read. */
    static ObjectNode read(byte[] json) {
        ObjectNode said = Json.object(json, Fault.BACKEND_NONSENSE, "Gemini's answer");
        boolean isAnswer = said.path("candidates").isArray()
                || said.has("promptFeedback")
                || said.has("usageMetadata")
                || said.has("error");
        if (!isAnswer) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE, "Gemini's answer has no candidates; is this its generateContent?");
        }
        return said;
    }

    /** Whether the prompt was refused. */
    static boolean isBlocked(JsonNode said) {
        return said.path("promptFeedback").hasNonNull("blockReason");
    }

    private static void choice(JsonNode candidate, String id, ArrayNode choices) {
        int index = candidate.path("index").asInt(choices.size());
        GeminiParts parts = new GeminiParts(id, index, false);
        ObjectNode message = Json.object().put("role", "assistant").putNull("content");
        message.setAll(parts.message(candidate.path("content").path("parts")));
        if (!message.hasNonNull("content") && !message.has("tool_calls")) {
            message.put("content", "");
        }
        String reason = candidate.path("finishReason").asText("STOP");
        ObjectNode choice = choices.addObject().put("index", index);
        choice.set("message", message);
        choice.put("finish_reason", finishReason(reason, parts.hasCalls()));
    }

    /**
     * Why it ended, in OpenAI's words; what follows a call that is none is a failure.
     *
     * @throws ChatException BACKEND_FAILED when the model wrote a call that cannot be read
     */
    static String finishReason(String reason, boolean calls) {
        return switch (reason) {
            case "MAX_TOKENS" -> "length";
            case "SAFETY",
                    "RECITATION",
                    "LANGUAGE",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> "content_filter";
            case "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE" ->
                throw new ChatException(
                        Fault.BACKEND_FAILED, "Gemini made an answer that cannot be used (" + reason + "); ask again");
            default -> calls ? "tool_calls" : "stop";
        };
    }

    static Usage usage(JsonNode told) {
        long thoughts = count(told, "thoughtsTokenCount");
        return new Usage(
                count(told, "promptTokenCount") + count(told, "toolUsePromptTokenCount"),
                count(told, "candidatesTokenCount") + thoughts,
                count(told, "cachedContentTokenCount"),
                thoughts);
    }

    private static long count(JsonNode told, String key) {
        return Math.max(0, told.path(key).asLong());
    }
}

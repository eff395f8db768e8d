package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A whole chat answer, as far as a pipeline needs it: its first choice.
 *
 * @param text what the model said; empty when it only called tools; its reasoning is not in it
 * @param finishReason as the backend said it
 * @param usage as the backend counted it; {@link Usage#NONE} if it did not
 */
public record Completion(String text, @Nullable String finishReason, Usage usage) {
    /**
     * Reads a {@code chat.completion}.
     *
     * @throws ChatException BACKEND_NONSENSE when it is none
     */
    public static Completion parse(byte[] json) {
        JsonNode answer = Json.object(json, Fault.BACKEND_NONSENSE, "the backend's answer");
        JsonNode choice = answer.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE,
                    "the backend's answer has no choices[0].message; is it an OpenAI-compatible server?");
        }
        return new Completion(
                text(message.path("content")),
                choice.path("finish_reason").textValue(),
                Usages.of(answer.get("usage")));
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText("")));
        return text.toString();
    }
}

package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;

/** A chat's choice in the words of {@code /v1/completions}. */
final class LegacyChoice {
    private LegacyChoice() {}

    /** The keys that an answer or chunk has before its choices. */
    static void begin(ObjectNode chat, ObjectNode legacy) {
        legacy.put("id", chat.path("id").asText("").replaceFirst("^chatcmpl-", "cmpl-"));
        legacy.put("object", "text_completion");
        legacy.set(
                "created",
                chat.path("created").isNumber()
                        ? chat.get("created")
                        : Json.object().numberNode(0));
        legacy.put("model", chat.path("model").asText(""));
        if (chat.hasNonNull("system_fingerprint")) {
            legacy.set("system_fingerprint", chat.get("system_fingerprint"));
        }
    }

    /** @param said the choice's message or delta */
    static ObjectNode of(JsonNode choice, JsonNode said, int index, String echo) {
        ObjectNode legacy = Json.object();
        legacy.put("index", index);
        legacy.put("text", echo + said.path("content").asText(""));
        legacy.set("logprobs", logprobs(choice.path("logprobs").path("content"), echo.length()));
        legacy.put("finish_reason", choice.path("finish_reason").textValue());
        return legacy;
    }

    private static JsonNode logprobs(JsonNode tokens, int start) {
        if (!tokens.isArray()) {
            return NullNode.getInstance();
        }
        ObjectNode logprobs = Json.object();
        ArrayNode words = logprobs.putArray("tokens");
        ArrayNode values = logprobs.putArray("token_logprobs");
        ArrayNode tops = logprobs.putArray("top_logprobs");
        ArrayNode offsets = logprobs.putArray("text_offset");
        int offset = start;
        for (JsonNode token : tokens) {
            String word = token.path("token").asText("");
            words.add(word);
            values.add(token.path("logprob"));
            ObjectNode top = tops.addObject();
            token.path("top_logprobs")
                    .forEach(other -> top.set(other.path("token").asText(""), other.path("logprob")));
            offsets.add(offset);
            offset += word.length();
        }
        return logprobs;
    }
}

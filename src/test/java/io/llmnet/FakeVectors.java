package io.llmnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Vectors that are alike where texts share words, told in an order that is not that of the texts. */
final class FakeVectors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIMENSIONS = 512;

    private FakeVectors() {}

    static byte[] of(FakeQuestion question) {
        JsonNode texts = question.json().path("input");
        ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", question.model());
        ArrayNode data = answer.putArray("data");
        for (int at = texts.size() - 1; at >= 0; at--) {
            ObjectNode item = data.addObject().put("object", "embedding").put("index", at);
            vector(texts.get(at).asText(), item.putArray("embedding"));
        }
        answer.putObject("usage").put("prompt_tokens", 7).put("total_tokens", 7);
        return FakeWords.bytes(answer);
    }

    private static void vector(String text, ArrayNode numbers) {
        float[] vector = new float[DIMENSIONS];
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            vector[Math.floorMod(word.hashCode() * 31, DIMENSIONS)] += 1;
        }
        for (float number : vector) {
            numbers.add(number);
        }
    }
}

package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of an operation on a model.
 *
 * @param post its path
 * @param body its JSON: texts, numbers and truths by key; {@code {model}} stands for the model's name
 * @param done where a line of the answer tells how much is done; null when it does not
 * @param total where a line of the answer tells how much there is to do
 * @param goesOn whether the server goes on after it has answered, so that its list must be watched
 */
public record Step(
        String post,
        Map<String, Object> body,
        @Nullable Pointer done,
        @Nullable Pointer total,
        boolean goesOn) {
    public Step {
        body = Map.copyOf(body);
    }

    /** The body for one model. */
    public byte[] bodyOf(String model) {
        return filled(body, model);
    }

    static byte[] filled(Map<String, Object> template, String model) {
        ObjectNode filled = Json.object();
        template.forEach((key, value) -> {
            if (value instanceof String text) {
                filled.put(key, text.replace("{model}", model));
            } else if (value instanceof Boolean truth) {
                filled.put(key, truth);
            } else if (value instanceof Integer number) {
                filled.put(key, number);
            }
        });
        return Json.bytes(filled);
    }

    /** The share that a line of the answer says is done; negative when it says nothing. */
    public double progress(JsonNode line) {
        long all = total == null ? 0 : total.number(line);
        return done == null || all <= 0 ? -1 : Math.min(1, (double) done.number(line) / all);
    }
}

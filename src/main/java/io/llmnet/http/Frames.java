package io.llmnet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.llmnet.protocol.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Updates as texts of at most 10 KiB, which is what Nexus' clients take. Many backends become several texts; what is too
 * long in itself is told with less detail, for half a list is better than silence.
 */
final class Frames {
    private static final int MOST_BYTES = 10 * 1024;
    private static final int LONGEST_WORD = 200;
    private static final int ENVELOPE = 64;

    private Frames() {}

    /** All backends, in as few texts as hold them. */
    static List<String> backends(Iterable<ObjectNode> views) {
        List<String> frames = new ArrayList<>();
        List<String> some = new ArrayList<>();
        int bytes = ENVELOPE;
        for (ObjectNode view : views) {
            String text = fitting(view);
            int more = size(text) + 1;
            if (bytes + more > MOST_BYTES) {
                frames.add(frame(some));
                some.clear();
                bytes = ENVELOPE;
            }
            some.add(text);
            bytes += more;
        }
        frames.add(frame(some));
        return frames;
    }

    /** The models of one backend; {@code models_total} is told where not all of them are. */
    static String models(String backend, Iterable<ObjectNode> models) {
        ObjectNode data = Json.object().put("backend_id", backend);
        ArrayNode list = data.putArray("models");
        models.forEach(list::add);
        return "{\"update_type\":\"ModelChange\",\"data\":" + fitting(data) + "}";
    }

    /** One request that is over. */
    static String request(ObjectNode entry) {
        return "{\"update_type\":\"RequestComplete\",\"data\":" + fitting(entry) + "}";
    }

    private static String frame(List<String> views) {
        return "{\"update_type\":\"BackendStatus\",\"data\":[" + String.join(",", views) + "]}";
    }

    /** As it is, or with short words and bare names of as many models as there is room for. */
    private static String fitting(ObjectNode data) {
        String whole = Json.text(data);
        if (size(whole) + ENVELOPE <= MOST_BYTES) {
            return whole;
        }
        ObjectNode slim = Json.object();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            slim.set(field.getKey(), shortened(field.getValue()));
        }
        if (data.path("models") instanceof ArrayNode models) {
            slim.remove("models");
            slim.put("models_total", models.size());
            ArrayNode names = slim.putArray("models");
            int bytes = size(Json.text(slim)) + ENVELOPE;
            for (JsonNode model : models) {
                ObjectNode name = Json.object();
                name.set("id", shortened(model.path("id")));
                name.set("name", shortened(model.path("name")));
                bytes += size(Json.text(name)) + 1;
                if (bytes > MOST_BYTES) {
                    break;
                }
                names.add(name);
            }
        }
        return Json.text(slim);
    }

    private static JsonNode shortened(JsonNode value) {
        return value.isTextual() && value.asText().length() > LONGEST_WORD
                ? TextNode.valueOf(value.asText().substring(0, LONGEST_WORD) + "…")
                : value;
    }

    private static int size(String text) {
        return text.getBytes(UTF_8).length;
    }
}

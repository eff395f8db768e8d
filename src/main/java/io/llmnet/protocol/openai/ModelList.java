package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.util.List;

/** The answers of {@code /v1/models} (CONFORMANCE 21). */
public final class ModelList {
    /**
     * One model.
     *
     * @param created in seconds since 1970
     * @param more what else is told of it, behind OpenAI's own fields; not to be changed
     */
    public record Entry(String id, String ownedBy, long created, ObjectNode more) {
        /** One of which nothing else is told. */
        public Entry(String id, String ownedBy, long created) {
            this(id, ownedBy, created, Json.object());
        }
    }

    private ModelList() {}

    public static byte[] of(List<Entry> entries) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        entries.forEach(entry -> data.add(node(entry)));
        return Json.bytes(list);
    }

    public static byte[] one(Entry entry) {
        return Json.bytes(node(entry));
    }

    private static ObjectNode node(Entry entry) {
        ObjectNode node = Json.object()
                .put("id", entry.id())
                .put("object", "model")
                .put("created", entry.created())
                .put("owned_by", entry.ownedBy());
        node.setAll(entry.more());
        return node;
    }
}

package io.llmnet.http.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes a backend a while: loading, moving or unloading a model.
 *
 * @param id as the caller finds it again: {@code op-…}
 * @param backend where it is done; of a move, where the model goes
 * @param message what went wrong, or what is to be known; null for nothing
 * @param freeBytes of the backend's video memory afterwards; null where nobody knows
 */
public record Operation(
        String id,
        String model,
        String backend,
        Status status,
        @Nullable String message,
        @Nullable Long freeBytes) {
    /** How far it is. */
    public enum Status {
        IN_PROGRESS,
        COMPLETED,
        FAILED;

        /** As pages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ObjectNode json() {
        ObjectNode page = Json.object().put("operation_id", id).put("model_id", model);
        page.put("backend_id", backend).put("status", status.word());
        if (message != null) {
            page.put("message", message);
        }
        return page;
    }
}

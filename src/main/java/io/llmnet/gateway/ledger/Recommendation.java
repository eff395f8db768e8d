package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A piece of advice: have a model on more backends.
 *
 * @param id the same for as long as the advice holds
 * @param backends where, best first; at least one
 * @param confidence 0 to 1
 * @param reasoning for people
 * @param sizeBytes of its weights; 0 where nobody knows
 * @param peakHour of the day, in UTC, by which it should be there; -1 where any time will do
 */
public record Recommendation(
        String id,
        Action action,
        String model,
        List<String> backends,
        double confidence,
        String reasoning,
        long sizeBytes,
        int peakHour,
        Instant made,
        Instant expires) {
    /** What is advised. */
    public enum Action {
        /** It is in nobody's memory: have it there before its peak. */
        PRELOAD,
        /** It is somewhere, and wanted more than that. */
        ADD_REPLICA;

        /** As pages write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Recommendation {
        backends = List.copyOf(backends);
    }

    ObjectNode json() {
        ObjectNode page = Json.object().put("recommendation_id", id).put("model_id", model);
        backends.forEach(page.putArray("target_backend_ids")::add);
        page.put("confidence_score", confidence).put("reasoning", reasoning);
        page.put("vram_required_bytes", sizeBytes > 0 ? (Long) sizeBytes : null);
        page.put("generated_at", made.toString()).put("expires_at", expires.toString());
        page.put("action", action.word());
        return page.put("peak_hour_utc", peakHour >= 0 ? (Integer) peakHour : null);
    }
}

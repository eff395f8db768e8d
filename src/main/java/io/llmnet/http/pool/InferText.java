package io.llmnet.http.pool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.pool.Health;
import io.llmnet.pool.Inference;
import io.llmnet.protocol.json.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Writes answers in LLM Pool's words, and what we know besides. */
final class InferText {
    private InferText() {}

    static byte[] of(Inference inference) {
        ObjectNode text = Json.object()
                .put("request_id", inference.requestId())
                .put("content", inference.content())
                .put("winner_model", inference.winnerModel())
                .put("duration_ms", inference.durationMillis())
                .put("from_cache", inference.fromCache())
                .put("strategy_used", inference.strategyUsed());
        if (!inference.fromCache()) {
            ArrayNode models = text.putArray("models_queried");
            inference.modelsQueried().forEach(models::add);
            ArrayNode scores = text.putArray("model_scores");
            inference.modelScores().forEach(scores::add);
            text.put("reason", inference.reason());
        }
        if (!Double.isNaN(inference.agreement())) {
            text.put("agreement", inference.agreement());
        }
        return Json.bytes(text);
    }

    /** The same for who reads headers only. */
    static Map<String, String> headers(Inference inference) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-llmnet-cache", inference.fromCache() ? "hit" : "miss");
        headers.put("x-llmnet-strategy", inference.strategyUsed().toLowerCase(Locale.ROOT));
        headers.put("x-llmnet-model", plain(inference.winnerModel()));
        headers.put("x-llmnet-seat", plain(inference.winnerSeat()));
        if (!Double.isNaN(inference.agreement())) {
            headers.put("x-llmnet-agreement-score", String.format(Locale.ROOT, "%.2f", inference.agreement()));
        }
        headers.values().removeIf(String::isEmpty);
        return headers;
    }

    static byte[] of(Health health) {
        ObjectNode text = Json.object().put("healthy", health.healthy());
        ObjectNode providers = text.putObject("providers");
        health.providers().forEach(providers::put);
        return Json.bytes(text.put("version", health.version()));
    }

    /** What a header can hold of a text. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars().forEach(c -> plain.append(c >= ' ' && c <= '~' ? (char) c : '_'));
        return plain.toString();
    }
}

package io.llmnet.grpc;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Message;
import io.llmnet.pool.Health;
import io.llmnet.pool.Inference;
import java.util.Map;
import java.util.TreeMap;

/** LLM Pool's {@code Answer} and {@code HealthResponse}. */
final class AnswerMessage {
    private AnswerMessage() {}

    /**
     * What a client is told of an inference.
     *
     * @param requestId as it came; empty for none
     */
    static Message of(Inference inference, String requestId) {
        return Fields.write(Protocol.ANSWER)
                .set("request_id", requestId)
                .set("content", inference.content())
                .set("winner_model", inference.winnerModel())
                .set("duration_ms", (int) Math.min(Integer.MAX_VALUE, inference.durationMillis()))
                .set("from_cache", inference.fromCache())
                .set("decision", decision(inference))
                .set("meta", meta(inference))
                .done();
    }

    static Message of(Health health) {
        return Fields.write(Protocol.HEALTH)
                .set("healthy", health.healthy())
                .set("provider_status", health.providers())
                .set("version", health.version())
                .done();
    }

    private static Message decision(Inference inference) {
        return Fields.write(Protocol.DECISION)
                .set("strategy_used", strategy(inference.strategyUsed()))
                .set("models_queried", inference.modelsQueried())
                .set(
                        "model_scores",
                        inference.modelScores().stream().map(Double::floatValue).toList())
                .set("reason", inference.reason())
                .done();
    }

    /** Those that came later than the protocol are told in {@code meta} only. */
    private static EnumValueDescriptor strategy(String name) {
        EnumValueDescriptor known = Protocol.STRATEGY.findValueByName("STRATEGY_" + name);
        return known != null ? known : Protocol.STRATEGY.findValueByNumber(0);
    }

    private static Map<String, String> meta(Inference inference) {
        Map<String, String> meta = new TreeMap<>();
        meta.put("strategy_used", inference.strategyUsed());
        if (!inference.winnerSeat().isEmpty()) {
            meta.put("provider", inference.winnerSeat());
        }
        if (!Double.isNaN(inference.agreement())) {
            meta.put("agreement", Double.toString(inference.agreement()));
        }
        if (!inference.usage().isNone()) {
            meta.put("usage_prompt_tokens", Long.toString(inference.usage().promptTokens()));
            meta.put("usage_completion_tokens", Long.toString(inference.usage().completionTokens()));
        }
        return meta;
    }
}

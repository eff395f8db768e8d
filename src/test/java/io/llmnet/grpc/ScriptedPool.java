package io.llmnet.grpc;

import io.llmnet.chat.Usage;
import io.llmnet.pool.Health;
import io.llmnet.pool.Inference;
import io.llmnet.pool.Pool;
import io.llmnet.pool.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A pool that answers as it is told, and remembers what it was asked. */
final class ScriptedPool implements Pool {
    static final Inference INFERENCE = new Inference(
            "made-up",
            "calm",
            "llama3.1:8b",
            450,
            false,
            "JUDGE",
            List.of("llama3.1:8b", "gemma2:9b"),
            List.of(0.75, 0.25),
            "It is calmer.",
            Usage.of(12, 3),
            0.5,
            "llama");

    final BlockingQueue<Query> asked = new LinkedBlockingQueue<>();
    volatile Function<Query, CompletionStage<Inference>> script = query -> CompletableFuture.completedFuture(INFERENCE);
    volatile Health health = new Health(true, Map.of("llama", Health.WELL), "1.2.3");

    @Override
    public CompletionStage<Inference> infer(Query query) {
        asked.add(query);
        return script.apply(query);
    }

    @Override
    public Health health() {
        return health;
    }
}

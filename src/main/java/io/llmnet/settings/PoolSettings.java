package io.llmnet.settings;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Strategy;
import io.llmnet.registry.Breaker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LLM Pool's doors, and the tasks behind them.
 *
 * @param http where {@code /v1/infer} and {@code /health} are; null for nowhere
 * @param grpc where the gRPC service is; null for nowhere
 * @param tls of the gRPC door; null for none
 * @param tasks by name
 * @param others who answers for a task that is not listed; null for nobody, which refuses it
 * @param prompts the folder of templates of the user's own, {@code TASK.md}; null where there is none
 */
public record PoolSettings(
        @Nullable Door http,
        @Nullable Door grpc,
        @Nullable Tls tls,
        Bounds bounds,
        Map<String, Task> tasks,
        @Nullable Task others,
        Breaker.Terms breaker,
        @Nullable Path prompts) {
    public static final PoolSettings USUAL = new PoolSettings(
            null,
            null,
            null,
            Bounds.USUAL,
            Map.of(),
            null,
            new Breaker.Terms(50, 10, 0.1, Duration.ofMinutes(5)),
            null);

    public PoolSettings {
        tasks = Map.copyOf(tasks);
    }

    /** The same with these doors, null for one that is closed. */
    public PoolSettings with(@Nullable Door otherHttp, @Nullable Door otherGrpc) {
        return new PoolSettings(otherHttp, otherGrpc, tls, bounds, tasks, others, breaker, prompts);
    }

    /** Whether any task can be done. */
    public boolean hasTasks() {
        return !tasks.isEmpty() || others != null;
    }

    /** An address to listen on. */
    public record Door(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * Files in PEM.
     *
     * @param clients the authorities whose clients may come in; null for any client
     */
    public record Tls(Path certificate, Path key, @Nullable Path clients) {}

    /**
     * What a request may ask for.
     *
     * @param maxDeadline longer ones are refused
     * @param deadline of a request that names none, or 0
     * @param maxPromptBytes longer prompts, in UTF-8, are refused
     * @param maxTokens of a request that names none over HTTP
     */
    public record Bounds(Duration maxDeadline, Duration deadline, int maxPromptBytes, int maxTokens) {
        public static final Bounds USUAL = new Bounds(Duration.ofMillis(1500), Duration.ofMillis(1500), 16384, 256);
    }

    /**
     * Who does a task, and how.
     *
     * @param council named like the task
     * @param strategies whether a request may name another strategy
     * @param ttl how long answers are kept; null for as long as the cache says, zero for not at all
     * @param template whose prompt and contract it has: {@code judge}, {@code rerank} and so on; null: the one of its own
     *     name, {@code none} for none. It is used where the request's prompt is a JSON object with the contract's keys
     * @param semantic from which likeness of prompts on an answer to one is an answer to the other; null for never
     * @param temperature sent to the models; null for their own
     */
    public record Task(
            Council council,
            boolean strategies,
            @Nullable Duration ttl,
            @Nullable String template,
            @Nullable Double semantic,
            @Nullable Double temperature) {
        /** The same, decided otherwise. */
        public Task with(Strategy strategy) {
            return new Task(council.with(strategy), strategies, ttl, template, semantic, temperature);
        }
    }
}

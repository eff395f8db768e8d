package io.llmnet.telemetry.gateway;

import io.llmnet.gateway.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is counted of one model at one backend. */
final class PairMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Integer, Counter> statuses = new ConcurrentHashMap<>();
    private final Timer time;
    private final DistributionSummary promptTokens;
    private final DistributionSummary completionTokens;
    private final Timer firstPiece;
    private final GenAiMeters genAi;

    PairMeters(MeterRegistry registry, String model, String backend, @Nullable String kind) {
        this.registry = registry;
        this.tags = Tags.of("model", Labels.clean(model), "backend", Labels.clean(backend));
        this.time = Timer.builder("nexus.request.duration")
                .description("time from a request's coming to its answer's end")
                .tags(tags)
                .serviceLevelObjectives(Buckets.ofRequests())
                .register(registry);
        this.promptTokens = tokens("prompt");
        this.completionTokens = tokens("completion");
        this.firstPiece = Timer.builder("nexus.agent.ttft")
                .description("time to the first piece of an answer")
                .tag("agent_id", Labels.clean(backend))
                .serviceLevelObjectives(Buckets.ofFirstPieces())
                .register(registry);
        this.genAi = new GenAiMeters(registry, model, kind);
    }

    void count(Outcome outcome) {
        statuses.computeIfAbsent(outcome.status(), this::status).increment();
        genAi.count(outcome);
        if (outcome.backend() == null) {
            return;
        }
        time.record(outcome.nanos(), TimeUnit.NANOSECONDS);
        if (outcome.firstNanos() > 0) {
            firstPiece.record(outcome.firstNanos(), TimeUnit.NANOSECONDS);
        }
        if (!outcome.usage().isNone()) {
            promptTokens.record((double) outcome.usage().promptTokens());
            completionTokens.record((double) outcome.usage().completionTokens());
        }
    }

    private Counter status(int status) {
        return Counter.builder("nexus_requests_total")
                .description("requests, by what became of them")
                .tags(tags)
                .tag("status", Integer.toString(status))
                .register(registry);
    }

    private DistributionSummary tokens(String type) {
        return DistributionSummary.builder("nexus_tokens_total")
                .description("tokens of a request")
                .tags(tags)
                .tag("type", type)
                .serviceLevelObjectives(Buckets.ofTokens())
                .register(registry);
    }
}

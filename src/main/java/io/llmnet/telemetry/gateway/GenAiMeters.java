package io.llmnet.telemetry.gateway;

import io.llmnet.chat.Call;
import io.llmnet.gateway.Outcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The metrics of OpenTelemetry's semantic conventions for generative AI (1.37), of one model of one kind of backend. */
final class GenAiMeters {
    private static final String WELL = "";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Call.Dialect, Operation> operations = new EnumMap<>(Call.Dialect.class);

    GenAiMeters(MeterRegistry registry, String model, @Nullable String kind) {
        this.registry = registry;
        this.tags = Tags.of("gen_ai.provider.name", provider(kind), "gen_ai.request.model", model);
    }

    void count(Outcome outcome) {
        if (outcome.backend() != null) {
            operation(outcome.dialect()).count(outcome);
        }
    }

    private Operation operation(Call.Dialect dialect) {
        synchronized (operations) {
            return operations.computeIfAbsent(dialect, Operation::new);
        }
    }

    /** Its kind is the provider, where the conventions know no better word. */
    private static String provider(@Nullable String kind) {
        return kind == null ? "llmnet" : kind.equals("google") ? "gcp.gemini" : kind;
    }

    private final class Operation {
        private final Tags own;
        private final Map<String, Timer> times = new ConcurrentHashMap<>();
        private final DistributionSummary input;
        private final DistributionSummary output;
        private final Timer first;

        Operation(Call.Dialect dialect) {
            own = tags.and(
                    "gen_ai.operation.name",
                    switch (dialect) {
                        case CHAT -> "chat";
                        case COMPLETIONS -> "text_completion";
                        case EMBEDDINGS -> "embeddings";
                    });
            input = tokens("input");
            output = tokens("output");
            first = Timer.builder("gen_ai.server.time_to_first_token")
                    .description("time to the first piece of an answer")
                    .tags(own)
                    .serviceLevelObjectives(Buckets.ofGenAiFirstTokens())
                    .register(registry);
        }

        void count(Outcome outcome) {
            String error = outcome.error();
            times.computeIfAbsent(outcome.isOk() || error == null ? WELL : error, this::time)
                    .record(outcome.nanos(), TimeUnit.NANOSECONDS);
            if (outcome.firstNanos() > 0) {
                first.record(outcome.firstNanos(), TimeUnit.NANOSECONDS);
            }
            if (!outcome.usage().isNone()) {
                input.record((double) outcome.usage().promptTokens());
                output.record((double) outcome.usage().completionTokens());
            }
        }

        /** All series of a name have the same labels, or Prometheus would not take them: no error is an empty one. */
        private Timer time(String error) {
            return Timer.builder("gen_ai.client.operation.duration")
                    .description("time from a request's coming to its answer's end")
                    .tags(own.and("error.type", error))
                    .serviceLevelObjectives(Buckets.ofGenAiOperations())
                    .register(registry);
        }

        private DistributionSummary tokens(String type) {
            return DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("tokens of a request")
                    .tags(own.and("gen_ai.token.type", type))
                    .serviceLevelObjectives(Buckets.ofGenAiTokens())
                    .register(registry);
        }
    }
}

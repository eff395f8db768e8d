package io.llmnet.telemetry.gateway;

import io.llmnet.gateway.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is counted of one model. All meters are found by what the request holds anyhow: no text is made for it. */
final class ModelMeters {
    private static final int MOST_BACKENDS = 1000;

    private final MeterRegistry registry;
    private final String model;
    private final Map<String, PairMeters> backends = new ConcurrentHashMap<>();
    private final Map<String, Counter> errors = new ConcurrentHashMap<>();
    private final Map<String, Counter> standsIn = new ConcurrentHashMap<>();
    private final DistributionSummary cost;

    ModelMeters(MeterRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
        this.cost = DistributionSummary.builder("nexus_cost_per_request_usd")
                .description("what a request cost, where there is a price")
                .tag("model", Labels.clean(model))
                .serviceLevelObjectives(Buckets.ofCosts())
                .register(registry);
    }

    /**
     * Counts a request.
     *
     * @param wanted the label of the model that this one stood in for; null where it was asked for itself
     */
    void count(Outcome outcome, @Nullable String wanted) {
        pair(outcome).count(outcome);
        if (!outcome.isOk()) {
            errors.computeIfAbsent(ErrorType.of(outcome), this::error).increment();
        }
        if (wanted != null && outcome.backend() != null) {
            standsIn.computeIfAbsent(wanted, this::fallback).increment();
        }
        if (outcome.cost() > 0) {
            cost.record(outcome.cost());
        }
    }

    private PairMeters pair(Outcome outcome) {
        String backend = outcome.backend() == null ? Labels.NONE : outcome.backend();
        PairMeters known = backends.get(backend);
        if (known != null) {
            return known;
        }
        String name = backends.size() < MOST_BACKENDS ? backend : Labels.OTHER;
        return backends.computeIfAbsent(name, fresh -> new PairMeters(registry, model, fresh, outcome.kind()));
    }

    private Counter error(String type) {
        return Counter.builder("nexus_errors_total")
                .description("requests that failed, by why")
                .tag("error_type", type)
                .tag("model", Labels.clean(model))
                .register(registry);
    }

    private Counter fallback(String wanted) {
        return Counter.builder("nexus_fallbacks_total")
                .description("requests for which another model stood in")
                .tag("from_model", Labels.clean(wanted))
                .tag("to_model", Labels.clean(model))
                .register(registry);
    }
}

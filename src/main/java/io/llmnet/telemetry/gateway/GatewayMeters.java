package io.llmnet.telemetry.gateway;

import io.llmnet.gateway.Outcome;
import io.llmnet.gateway.ledger.Spending;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Decision;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.NoPlan;
import io.llmnet.routing.Plan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts the gateway's decisions and requests. Safe from any thread, and never waits.
 *
 * <p>Of Nexus' names these are left out, for nothing here would feed them truly: {@code nexus_token_count_*} (tokens are
 * counted by backends), {@code nexus_reconciler_duration_seconds} (all gates are one pass) and
 * {@code nexus_backend_latency_seconds} (probes are told as a mean only, on {@code /v1/backends}).
 */
public final class GatewayMeters implements Consumer<Outcome> {
    private static final int MOST_MODELS = 1000;

    private final MeterRegistry meters;
    private final Registry registry;
    private final BudgetMeters budget;
    private final Map<String, ModelMeters> models = new ConcurrentHashMap<>();
    private final Map<Exclusion.Gate, Counter> exclusions = new ConcurrentHashMap<>();
    private final Timer routing;
    private final Counter attempts;
    private final Counter hedges;

    /**
     * Of nothing yet.
     *
     * @param queued how many requests wait for a backend
     * @param nanos the clock of all pulses
     */
    public GatewayMeters(
            MeterRegistry meters, Registry registry, Spending spending, IntSupplier queued, LongSupplier nanos) {
        this.meters = meters;
        this.registry = registry;
        this.budget = new BudgetMeters(meters, spending);
        for (Exclusion.Gate gate : Exclusion.Gate.values()) {
            exclusions.put(gate, exclusion(gate));
        }
        this.routing = Timer.builder("nexus.pipeline.duration")
                .description("time that it takes to decide whom to ask")
                .serviceLevelObjectives(Buckets.ofRouting())
                .register(meters);
        this.attempts = Counter.builder("llmnet.attempts")
                .description("backends asked, repeats and hedges included")
                .register(meters);
        this.hedges = Counter.builder("llmnet.hedges")
                .description("backends asked beside another that was slow")
                .register(meters);
        Gauge.builder("nexus_queue_depth", queued, IntSupplier::getAsInt)
                .description("requests that wait for a backend")
                .strongReference(true)
                .register(meters);
        new BackendGauges(meters, registry, nanos);
    }

    private Counter exclusion(Exclusion.Gate gate) {
        return Counter.builder("nexus_reconciler_exclusions_total")
                .description("backends that were not to be asked, by why")
                .tag("reconciler", gate.reconciler())
                .register(meters);
    }

    /** Counts a decision, and how long it took. */
    public void decided(Decision decision, long nanos) {
        routing.record(nanos, TimeUnit.NANOSECONDS);
        for (Exclusion exclusion : decision.match(Exclusions.OF)) {
            exclusions.computeIfAbsent(exclusion.gate(), this::exclusion).increment();
        }
    }

    @Override
    public void accept(Outcome outcome) {
        budget.follow();
        attempts.increment(outcome.attempts());
        hedges.increment(outcome.hedges());
        String wanted = outcome.fallbackFor();
        model(outcome.model()).count(outcome, wanted == null ? null : label(wanted));
    }

    private ModelMeters model(String name) {
        ModelMeters known = models.get(name);
        return known == null ? models.computeIfAbsent(label(name), fresh -> new ModelMeters(meters, fresh)) : known;
    }

    /** Names that nobody knows are callers' inventions: they are one label together. */
    private String label(String model) {
        return models.containsKey(model)
                        || (models.size() < MOST_MODELS && registry.roster().knows(model))
                ? model
                : Labels.OTHER;
    }

    private enum Exclusions implements Decision.Cases<List<Exclusion>> {
        OF;

        @Override
        public List<Exclusion> plan(Plan plan) {
            return plan.exclusions();
        }

        @Override
        public List<Exclusion> noPlan(NoPlan none) {
            return none.exclusions();
        }
    }
}

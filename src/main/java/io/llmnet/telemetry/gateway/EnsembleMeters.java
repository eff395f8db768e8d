package io.llmnet.telemetry.gateway;

import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Strategy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts how councils decide, and what becomes of their members. Safe from any thread, and never waits. */
public final class EnsembleMeters implements Assembly.Listener {
    private static final int MOST = 1000;
    private static final String OTHERS = "other";

    private final MeterRegistry registry;
    private final Map<String, OfOne> ensembles = new ConcurrentHashMap<>();

    public EnsembleMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decided(Council council, Decision decision, long nanos) {
        OfOne meters = of(council);
        meters.duration.record(nanos, TimeUnit.NANOSECONDS);
        meters.decision(decision.by()).increment();
        if (!Double.isNaN(decision.agreement())) {
            meters.agreement.record(decision.agreement());
        }
        meters.members(decision.votes());
    }

    @Override
    public void failed(Council council, List<Decision.Vote> votes, long nanos) {
        OfOne meters = of(council);
        meters.duration.record(nanos, TimeUnit.NANOSECONDS);
        meters.failures.increment();
        meters.members(votes);
    }

    private OfOne of(Council council) {
        OfOne known = ensembles.get(council.name());
        if (known != null) {
            return known;
        }
        String name = ensembles.size() < MOST ? council.name() : OTHERS;
        return ensembles.computeIfAbsent(name, fresh -> new OfOne(registry, name));
    }

    /** The meters of one ensemble. */
    private static final class OfOne {
        private final MeterRegistry registry;
        private final String name;
        private final Timer duration;
        private final Counter failures;
        private final DistributionSummary agreement;
        private final Map<Strategy, Counter> decisions = new ConcurrentHashMap<>();
        private final Map<String, Counter> members = new ConcurrentHashMap<>();

        OfOne(MeterRegistry registry, String name) {
            this.registry = registry;
            this.name = name;
            this.duration = Timer.builder("llmnet.ensemble.duration")
                    .description("time that an ensemble takes to decide, or to fail")
                    .tag("ensemble", name)
                    .publishPercentileHistogram()
                    .register(registry);
            this.failures = Counter.builder("llmnet.ensemble.failures")
                    .description("requests on which an ensemble came to no answer")
                    .tag("ensemble", name)
                    .register(registry);
            this.agreement = DistributionSummary.builder("llmnet.ensemble.agreement")
                    .description("the share of members asked that agreed")
                    .tag("ensemble", name)
                    .register(registry);
        }

        Counter decision(Strategy by) {
            return decisions.computeIfAbsent(
                    by,
                    fresh -> Counter.builder("llmnet.ensemble.decisions")
                            .description("decisions, by the strategy that really decided")
                            .tag("ensemble", name)
                            .tag("strategy", by.word())
                            .register(registry));
        }

        void members(List<Decision.Vote> votes) {
            for (Decision.Vote vote : votes) {
                member(vote.seat(), vote.end().name().toLowerCase(Locale.ROOT)).increment();
            }
        }

        private Counter member(String seat, String end) {
            return members.computeIfAbsent(
                    seat + "\n" + end,
                    fresh -> Counter.builder("llmnet.ensemble.members")
                            .description("what became of an ensemble's members")
                            .tag("ensemble", name)
                            .tag("seat", seat)
                            .tag("end", end)
                            .register(registry));
        }
    }
}

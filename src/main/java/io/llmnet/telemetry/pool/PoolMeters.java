package io.llmnet.telemetry.pool;

import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Standings;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Outcome;
import io.llmnet.pool.Watcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of a pool, by the names that LLM Pool planned. Tenants and projects are clients' inventions: the first
 * hundred have series of their own, and all later ones are {@code other}. Safe from any thread.
 */
public final class PoolMeters implements Watcher {
    private static final int MOST_CLIENTS = 100;
    private static final int LONGEST = 64;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double[] MILLIS = {10, 50, 100, 200, 300, 500, 700, 900, 1200, 1500, 3000, 5000, 10_000, 30_000
    };

    private static final String NONE = "none";
    private static final String OTHER = "other";

    private record Client(String tenant, String project) {}

    private record Member(String task, String seat) {}

    private final MeterRegistry registry;
    private final Standings standings;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final Map<Tags, DistributionSummary> durations = new ConcurrentHashMap<>();
    private final Counter opened;

    /** Of nothing yet. */
    public PoolMeters(MeterRegistry registry, Standings standings) {
        this.registry = registry;
        this.standings = standings;
        this.opened = Counter.builder("llmpool_breaker_open_total")
                .description("members that were left alone because they failed too often at a task")
                .register(registry);
    }

    @Override
    public void opened(String task, String seat) {
        opened.increment();
    }

    @Override
    public void ended(Outcome outcome) {
        Tags tags = tags(outcome);
        durations.computeIfAbsent(tags, this::duration).record(outcome.nanos() / NANOS_PER_MILLI);
        if (outcome.fault() == Fault.TIMED_OUT) {
            Counter.builder("llmpool_timeouts_total")
                    .description("requests that were not answered in time")
                    .tags(tags)
                    .register(registry)
                    .increment();
        }
        Decision decision = outcome.decision();
        if (decision != null) {
            Counter.builder("llmpool_ensemble_decision_total")
                    .description("answers decided, by the strategy that decided")
                    .tag("strategy", decision.by().name())
                    .register(registry)
                    .increment();
            decision.votes().forEach(vote -> winRate(new Member(outcome.task(), vote.seat())));
        }
    }

    private Tags tags(Outcome outcome) {
        Client client = client(outcome);
        return Tags.of(
                "tenant",
                client.tenant(),
                "project",
                client.project(),
                "task",
                outcome.task(),
                "strategy",
                outcome.strategy(),
                "provider",
                outcome.seat().isEmpty() ? NONE : outcome.seat());
    }

    private Client client(Outcome outcome) {
        Client client = new Client(label(outcome.tenant()), label(outcome.project()));
        if (clients.contains(client)) {
            return client;
        }
        if (clients.size() >= MOST_CLIENTS) {
            return new Client(OTHER, OTHER);
        }
        clients.add(client);
        return client;
    }

    private static String label(@Nullable String name) {
        return name == null || name.isEmpty() ? NONE : name.length() > LONGEST ? OTHER : name;
    }

    private DistributionSummary duration(Tags tags) {
        return DistributionSummary.builder("llmpool_infer_duration_ms")
                .description("time from a request's coming to its answer, or its failure")
                .tags(tags)
                .serviceLevelObjectives(MILLIS)
                .register(registry);
    }

    private void winRate(Member member) {
        if (members.add(member)) {
            Gauge.builder("llmpool_provider_win_rate", standings, all -> all.of(member.task(), member.seat()))
                    .description("how well a member has done at a task, 0 to 1")
                    .tag("provider", member.seat())
                    .tag("task", member.task())
                    .register(registry);
        }
    }
}

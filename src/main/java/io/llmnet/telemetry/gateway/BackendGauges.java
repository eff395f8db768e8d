package io.llmnet.telemetry.gateway;

import io.llmnet.gateway.ledger.Vitals;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Roster;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** How the backends are, read when somebody looks. Those of one backend come and go with it. */
final class BackendGauges {
    private final MeterRegistry meters;
    private final Registry registry;
    private final LongSupplier nanos;
    private final Map<String, List<Meter>> known = new HashMap<>();

    BackendGauges(MeterRegistry meters, Registry registry, LongSupplier nanos) {
        this.meters = meters;
        this.registry = registry;
        this.nanos = nanos;
        all("nexus_backends_total", "backends", roster -> roster.members().size());
        all(
                "nexus_backends_healthy",
                "backends that are well",
                roster -> roster.members().stream().filter(Member::isUp).count());
        all(
                "nexus_models_available",
                "models of backends that are well",
                roster -> roster.models().size());
        registry.onChange(roster -> follow());
        follow();
    }

    private void all(String name, String what, ToDoubleFunction<Roster> value) {
        Gauge.builder(name, registry, from -> value.applyAsDouble(from.roster()))
                .description(what)
                .register(meters);
    }

    /** The newest roster counts, whichever was told: two threads may tell theirs in any order. */
    private synchronized void follow() {
        Roster roster = registry.roster();
        for (Member member : roster.members()) {
            known.computeIfAbsent(member.name(), this::of);
        }
        if (known.size() > roster.members().size()) {
            known.entrySet().removeIf(entry -> {
                boolean isGone = roster.named(entry.getKey()) == null;
                if (isGone) {
                    entry.getValue().forEach(meters::remove);
                }
                return isGone;
            });
        }
    }

    private List<Meter> of(String backend) {
        List<Meter> own = new ArrayList<>();
        own.add(gauge(
                "nexus_pending_requests",
                "backend",
                backend,
                "requests that it works on",
                member -> member.load().inFlight()));
        own.add(gauge(
                "nexus_agent_error_rate",
                "agent_id",
                backend,
                "share of failures in the last hour",
                member -> vitals(member).hour().failureRate()));
        own.add(gauge(
                "nexus_agent_success_rate_24h",
                "agent_id",
                backend,
                "share of successes in the last day",
                member -> 1 - vitals(member).day().failureRate()));
        return own;
    }

    private Vitals vitals(Member member) {
        return Vitals.of(member, nanos.getAsLong());
    }

    private Gauge gauge(String name, String label, String backend, String what, ToDoubleFunction<Member> value) {
        return Gauge.builder(name, registry, from -> {
                    Member member = from.named(backend);
                    return member == null ? Double.NaN : value.applyAsDouble(member);
                })
                .description(what)
                .tag(label, Labels.clean(backend))
                .register(meters);
    }
}

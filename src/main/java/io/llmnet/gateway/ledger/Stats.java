package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcome;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts requests since the start, in all, by backend and by model. Safe from any thread. */
public final class Stats implements Consumer<Outcome> {
    private static final int MOST_BACKENDS = 10_000;
    private static final int MOST_MODELS = 1000;

    private final LongSupplier nanos;
    private final long startNanos;
    private final Spending spending;
    private final LongAdder successes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Tallies backends = new Tallies(MOST_BACKENDS);
    private final Tallies models = new Tallies(MOST_MODELS);

    /**
     * Of nothing yet.
     *
     * @param nanos the clock of all pulses
     */
    Stats(LongSupplier nanos, Spending spending) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.spending = spending;
    }

    @Override
    public void accept(Outcome outcome) {
        boolean isOk = outcome.isOk();
        (isOk ? successes : errors).increment();
        String backend = outcome.backend();
        if (backend != null) {
            backends.add(backend, isOk, outcome.nanos());
        }
        if (outcome.status() != Fault.MODEL_NOT_FOUND.status()) {
            // What nobody has is a name that a caller has made up.
            models.add(outcome.model(), isOk, outcome.nanos());
        }
    }

    /** How many requests a backend has answered, well or not. */
    public long requests(String backend) {
        Tallies.Tally tally = backends.of(backend);
        return tally == null ? 0 : tally.requests();
    }

    /** How long a backend's requests take, on average; 0 where there was none. */
    public double meanMillis(String backend) {
        Tallies.Tally tally = backends.of(backend);
        return tally == null ? 0 : tally.meanMillis();
    }

    /** As {@code /v1/stats} shows it. */
    public ObjectNode json(Roster roster) {
        long now = nanos.getAsLong();
        ObjectNode page = Json.object().put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(now - startNanos));
        long good = successes.sum();
        long bad = errors.sum();
        page.putObject("requests").put("total", good + bad).put("success", good).put("errors", bad);
        ArrayNode list = page.putArray("backends");
        for (Member member : roster.members()) {
            list.add(backend(member, now));
        }
        models(page.putArray("models"));
        if (spending.isOfInterest()) {
            page.set("budget", spending.json());
        }
        return page;
    }

    private ObjectNode backend(Member member, long now) {
        Tallies.Tally tally = backends.of(member.name());
        ObjectNode entry = Json.object()
                .put("id", member.name())
                .put("name", member.name())
                .put("requests", tally == null ? 0 : tally.requests())
                .put("average_latency_ms", tally == null ? 0 : tally.meanMillis())
                .put("pending", member.load().inFlight())
                .put("errors", tally == null ? 0 : tally.errors());
        Vitals.of(member, now).writeTo(entry);
        return entry;
    }

    /** The most asked for first. */
    private void models(ArrayNode list) {
        models.all().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Tallies.Tally>>comparingLong(
                                entry -> -entry.getValue().requests())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> list.addObject()
                        .put("name", entry.getKey())
                        .put("requests", entry.getValue().requests())
                        .put("average_duration_ms", entry.getValue().meanMillis())
                        .put("errors", entry.getValue().errors()));
    }
}

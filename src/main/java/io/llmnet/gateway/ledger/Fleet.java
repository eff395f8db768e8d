package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcome;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Advises which models to have on more backends, from when they are asked for. It advises only; loading is for people.
 *
 * <p>A model that has a busy time of the day, or grows, is worth another replica where there is room, and worth being in
 * memory before its busy time where it is in nobody's. The same hours and the same roster give the same advice, so it is
 * worked out whenever somebody looks. Safe from any thread.
 */
public final class Fleet implements Consumer<Outcome> {
    /**
     * When there is advice.
     *
     * @param minDays whole days that must be known of a model
     * @param minRequests requests that there must have been in these days
     * @param every how long advice holds
     * @param most pieces at once
     */
    public record Terms(boolean enabled, int minDays, int minRequests, Duration every, int most) {
        public static final Terms USUAL = new Terms(true, 7, 100, Duration.ofHours(1), 5);

        public Terms {
            if (minDays < 1 || minDays > Demand.DAYS || minRequests < 1 || most < 1 || every.toMillis() < 1) {
                throw new IllegalArgumentException("days " + minDays + ", requests " + minRequests + ", most " + most);
            }
        }
    }

    private final InstantSource clock;
    private final Predicate<Member> loads;
    private final Demands demands;
    private volatile Terms terms;

    /**
     * Of nothing yet.
     *
     * @param loads whether a backend can be told to load a model
     */
    Fleet(InstantSource clock, Terms terms, Predicate<Member> loads, Demands demands) {
        this.clock = clock;
        this.terms = terms;
        this.loads = loads;
        this.demands = demands;
    }

    @Override
    public void accept(Outcome outcome) {
        demands.accept(outcome);
    }

    /** Other terms count from now on. */
    public void terms(Terms other) {
        terms = other;
    }

    /** What is advised now, the surest first. */
    public List<Recommendation> recommendations(Roster roster) {
        Terms now = terms;
        if (!now.enabled()) {
            return List.of();
        }
        long slot = Math.floorDiv(clock.millis(), now.every().toMillis())
                * now.every().toMillis();
        Instant made = Instant.ofEpochMilli(slot);
        List<Recommendation> all = new ArrayList<>();
        for (Map.Entry<String, Demand> model : demands.all().entrySet()) {
            Rhythm rhythm = Rhythm.of(model.getValue(), Demands.hour(clock.millis()));
            if (rhythm.days() >= now.minDays() && rhythm.requests() >= now.minRequests()) {
                Advice.on(model.getKey(), rhythm, roster, loads)
                        .map(advice -> advice.recommendation(now, made))
                        .ifPresent(all::add);
            }
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Recommendation::confidence)
                        .reversed()
                        .thenComparing(Recommendation::model))
                .limit(now.most())
                .toList();
    }

    /** As {@code /v1/fleet/recommendations} shows it. */
    public ObjectNode json(Roster roster) {
        ObjectNode page = Json.object();
        ArrayNode list = page.putArray("recommendations");
        recommendations(roster).forEach(one -> list.add(one.json()));
        return page.put("fleet_enabled", terms.enabled())
                .put("generated_at", clock.instant().toString());
    }
}

package io.llmnet.app;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.registry.Member;
import io.llmnet.registry.Roster;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether there is anybody well who can answer for a seat, as far as is known at once.
 *
 * @param isPipeline whether a pipeline has that name; whom it asks is found out by asking it
 */
record Attendance(Predicate<String> isPipeline, GatewaySettings settings, Roster roster) {
    /** Ensembles within ensembles; deeper than anybody nests them, and an end where settings hold a circle. */
    private static final int DEEPEST = 16;

    boolean isReady(Seat seat) {
        return isReady(seat, DEEPEST);
    }

    private boolean isReady(Seat seat, int depth) {
        if (seat.backend() != null) {
            Member only = roster.named(seat.backend());
            return only != null && only.isUp();
        }
        if (isPipeline.test(seat.model())) {
            return true;
        }
        Council inner = settings.ensembles().get(seat.model());
        if (inner != null) {
            return depth > 0 && inner.seats().stream().anyMatch(one -> isReady(one, depth - 1));
        }
        String model = resolved(seat.model());
        return Stream.concat(Stream.of(model), standIns(model)).anyMatch(this::isOffered);
    }

    private boolean isOffered(String model) {
        return roster.offers(model).stream().anyMatch(offer -> offer.member().isUp());
    }

    private Stream<String> standIns(String model) {
        Rules rules = settings.rules();
        return rules.fallbacks().entrySet().stream()
                .filter(named -> resolved(named.getKey()).equals(model))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .map(this::resolved);
    }

    private String resolved(String name) {
        Map<String, String> aliases = settings.rules().aliases();
        String model = name;
        for (int steps = 0; steps < aliases.size() && aliases.containsKey(model); steps++) {
            model = aliases.getOrDefault(model, model);
        }
        return model;
    }
}

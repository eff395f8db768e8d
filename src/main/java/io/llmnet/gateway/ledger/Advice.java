package io.llmnet.gateway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.registry.Ability;
import io.llmnet.registry.Member;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Zone;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a model should be, too.
 *
 * @param targets at least one, best first
 * @param isLoaded whether somebody has it in memory already
 */
record Advice(String model, Rhythm rhythm, List<String> targets, boolean isLoaded, long sizeBytes) {
    private static final double GROWTH = 0.2;
    private static final int MOST_TARGETS = 3;

    /** What to advise on a model; nothing where its use is even, or there is no room. */
    static Optional<Advice> on(String model, Rhythm rhythm, Roster roster, Predicate<Member> loads) {
        if (!rhythm.isPeaking() && rhythm.trend() < GROWTH) {
            return Optional.empty();
        }
        List<Offer> offers = roster.offers(model).stream()
                .filter(offer ->
                        offer.member().models().containsKey(offer.card().id()))
                .toList();
        List<String> targets = targets(offers, roster, loads);
        return targets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Advice(
                        model,
                        rhythm,
                        targets,
                        offers.stream().anyMatch(Advice::isLoaded),
                        offers.stream()
                                .mapToLong(offer -> offer.card().sizeBytes())
                                .max()
                                .orElse(0)));
    }

    /** Those who have its weights come before those who would have to fetch them; never where privacy forbids. */
    private static List<String> targets(List<Offer> offers, Roster roster, Predicate<Member> loads) {
        Predicate<Member> canTake = member -> member.isUp() && member.load().hasRoom() && loads.test(member);
        Set<String> have = offers.stream().map(offer -> offer.member().name()).collect(Collectors.toSet());
        Set<Zone> zones =
                offers.stream().map(offer -> offer.member().said().zone()).collect(Collectors.toSet());
        Comparator<Member> leastBusy = Comparator.comparingInt(
                        (Member member) -> member.load().inFlight())
                .thenComparing(Member::name);
        Stream<Member> idle = offers.stream()
                .filter(offer -> offer.card().loaded() == Ability.NO)
                .map(Offer::member)
                .filter(canTake)
                .sorted(leastBusy);
        Stream<Member> others = roster.members().stream()
                .filter(member -> !have.contains(member.name())
                        && zones.contains(member.said().zone()))
                .filter(canTake)
                .sorted(leastBusy);
        return Stream.concat(idle, others).limit(MOST_TARGETS).map(Member::name).toList();
    }

    /** A backend that does not tell has what it lists in memory. */
    private static boolean isLoaded(Offer offer) {
        return offer.member().isUp() && offer.card().loaded() != Ability.NO;
    }

    Recommendation recommendation(Fleet.Terms terms, Instant made) {
        Recommendation.Action action = isLoaded ? Recommendation.Action.ADD_REPLICA : Recommendation.Action.PRELOAD;
        String seed = model + ' ' + action + ' ' + made + ' ' + targets;
        return new Recommendation(
                "rec-" + UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)),
                action,
                model,
                targets,
                confidence(terms),
                reasoning(action),
                sizeBytes,
                rhythm.peak(),
                made,
                made.plus(terms.every()));
    }

    /** How clear the pattern is counts half, how much was seen a quarter, and how long another. */
    private double confidence(Fleet.Terms terms) {
        double pattern = rhythm.isPeaking() ? Math.min(1, (rhythm.ratio() - 1) / 3) : 0.2;
        double seen = Math.min(1, rhythm.requests() / (5.0 * terms.minRequests()));
        double days = Math.min(1, rhythm.days() / (2.0 * terms.minDays()));
        return 0.5 * pattern + 0.25 * seen + 0.25 * days;
    }

    private String reasoning(Recommendation.Action action) {
        StringBuilder text = new StringBuilder()
                .append(String.format(Locale.ROOT, "%d requests in %d days", rhythm.requests(), rhythm.days()));
        if (rhythm.isPeaking()) {
            text.append(String.format(
                    Locale.ROOT,
                    "; the busy time begins at %02d:00 UTC, up to %.1f times the mean",
                    rhythm.peak(),
                    rhythm.ratio()));
        }
        if (rhythm.trend() >= GROWTH) {
            text.append(
                    String.format(Locale.ROOT, "; %.0f %% more last week than the week before", rhythm.trend() * 100));
        }
        text.append(action == Recommendation.Action.PRELOAD ? "; in nobody's memory: load it on " : "; add it to ");
        return text.append(String.join(" or ", targets))
                .append(rhythm.isPeaking() ? " before then" : "")
                .toString();
    }
}

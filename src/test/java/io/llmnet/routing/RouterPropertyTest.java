package io.llmnet.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.registry.Ability;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Member;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules.Policy;
import io.llmnet.routing.Rules.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any house, any rules and any wish. */
@SuppressWarnings("EnumOrdinal") // any of them, by chance
class RouterPropertyTest {
    private static final long NOW = 1_000_000_000L;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyOfferIsEitherACandidateOrExcludedOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        House house = house(random);
        Rules rules = rules(random);
        Wish wish = wish(random);
        Purse purse = Purse.values()[random.nextInt(4) * random.nextInt(2)];

        Decision decision = new Router(rules, random).decide(wish, house.roster(), purse, NOW);

        List<String> expected = new ArrayList<>();
        for (String model : List.of("qwen3", "phi4")) {
            house.roster()
                    .offers(model)
                    .forEach(offer -> expected.add(offer.member().name()));
        }
        List<Candidate> candidates = decision instanceof Plan plan ? plan.candidates() : List.of();
        List<Exclusion> exclusions =
                decision instanceof Plan plan ? plan.exclusions() : ((NoPlan) decision).exclusions();
        List<String> found = new ArrayList<>();
        candidates.forEach(one -> found.add(one.backend().name()));
        exclusions.forEach(one -> found.add(one.backend()));
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        candidates.forEach(one -> check(one, rules, wish, purse));
        assertThat(candidates).extracting(Candidate::reason).doesNotContain("");
        checkOrder(candidates);
    }

    private static void check(Candidate candidate, Rules rules, Wish wish, Purse purse) {
        Offer offer = Objects.requireNonNull(candidate.offer());
        Member member = offer.member();
        assertThat(member.isUp()).isTrue();
        boolean isHome = rules.policies().get(0).zone() == Zone.RESTRICTED;
        assertThat(isHome && member.said().zone() == Zone.OPEN).isFalse();
        assertThat(purse).isNotEqualTo(Purse.SHUT);
        assertThat(purse == Purse.LOCAL_ONLY && Gates.costs(offer)).isFalse();
        assertThat(Abilities.lack(wish.needs(), offer.card().capabilities())).isNull();
    }

    /** Nobody with room stands behind a full one of the same model, and nobody at all behind a reluctant one. */
    private static void checkOrder(List<Candidate> candidates) {
        Set<String> full = new HashSet<>();
        boolean isReluctant = false;
        for (Candidate candidate : candidates) {
            Offer offer = Objects.requireNonNull(candidate.offer());
            boolean refuses = offer.pulse().isReluctant(NOW);
            assertThat(isReluctant && !refuses).isFalse();
            isReluctant |= refuses;
            if (!refuses) {
                boolean hasRoom = offer.member().load().hasRoom();
                assertThat(hasRoom && full.contains(candidate.model())).isFalse();
                if (!hasRoom) {
                    full.add(candidate.model());
                }
            }
        }
    }

    private static House house(SplittableRandom random) {
        House house = new House();
        int backends = random.nextInt(30);
        for (int i = 0; i < backends; i++) {
            String name = "n" + i;
            Zone zone = Zone.values()[random.nextInt(2)];
            double weight = random.nextInt(3) == 0 ? 0.5 + random.nextInt(3) : 1;
            String model = random.nextInt(3) == 0 ? "phi4" : "qwen3";
            Card card = Card.named(model)
                    .with(new Capabilities(
                            random.nextInt(3) * 2048,
                            0,
                            ability(random),
                            ability(random),
                            ability(random),
                            Ability.UNKNOWN,
                            Ability.UNKNOWN));
            house.put(
                    House.said(name, zone, 1 + random.nextInt(5), random.nextInt(100), weight, random.nextInt(3)),
                    card);
            house.busy(name, random.nextInt(3));
            trouble(random, house, name, model);
        }
        return house;
    }

    private static void trouble(SplittableRandom random, House house, String name, String model) {
        switch (random.nextInt(6)) {
            case 0 -> house.down(name, "connection refused");
            case 1 -> house.drain(name);
            case 2 -> house.load(name).pulse(model).refuseUntil(NOW + random.nextInt(1000));
            case 3 -> {
                for (int i = 0; i < 12; i++) {
                    house.load(name)
                            .pulse(model)
                            .failed(NOW, new Breaker.Terms(50, 5 + random.nextInt(20), 0.5, Duration.ofSeconds(1)));
                }
            }
            default -> house.load(name).pulse(model).succeeded(true, random.nextInt(1_000_000_000), NOW);
        }
    }

    private static Ability ability(SplittableRandom random) {
        return Ability.values()[random.nextInt(3)];
    }

    private static Rules rules(SplittableRandom random) {
        Zone zone = random.nextBoolean() ? Zone.RESTRICTED : Zone.OPEN;
        return new Rules(
                Strategy.values()[random.nextInt(Strategy.values().length)],
                Rules.Weights.USUAL,
                Map.of("best", "qwen3"),
                Map.of("qwen3", List.of("phi4")),
                List.of(new Policy("*", zone, random.nextInt(6), random.nextBoolean())),
                random.nextBoolean(),
                Rules.Quality.USUAL);
    }

    private static Wish wish(SplittableRandom random) {
        Needs needs = new Needs(
                random.nextInt(3000),
                random.nextInt(500),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                false);
        return new Wish(
                random.nextBoolean() ? "best" : "qwen3",
                needs,
                Wish.Strictness.values()[random.nextInt(3)],
                random.nextInt(3));
    }
}

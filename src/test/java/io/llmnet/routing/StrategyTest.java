package io.llmnet.routing;

import static io.llmnet.routing.Choosing.burst;
import static io.llmnet.routing.Choosing.conversation;
import static io.llmnet.routing.Choosing.firsts;
import static io.llmnet.routing.Choosing.names;
import static io.llmnet.routing.Choosing.plan;
import static io.llmnet.routing.Choosing.reasons;
import static io.llmnet.routing.Choosing.router;
import static io.llmnet.routing.Choosing.rules;
import static io.llmnet.routing.Choosing.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.registry.Card;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules.Strategy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order those come who may be asked. */
class StrategyTest {
    private static House weighted() {
        return new House()
                .put(House.said("a", Zone.RESTRICTED, 1, 50, 1, 0))
                .put(House.said("b", Zone.RESTRICTED, 1, 50, 3, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART", "ROUND_ROBIN", "PRIORITY_ONLY", "LEAST_BUSY"})
    void equalsTakeTurnsExactly(Strategy strategy) {
        Map<String, Integer> firsts =
                firsts(router(rules(strategy)), House.of("a", "b", "c").roster(), 300);

        assertThat(firsts).isEqualTo(Map.of("a", 100, "b", 100, "c", 100));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART", "ROUND_ROBIN", "PRIORITY_ONLY", "LEAST_BUSY"})
    void equalsTakeTurnsByTheirWeights(Strategy strategy) {
        Map<String, Integer> firsts = firsts(router(rules(strategy)), weighted().roster(), 400);

        assertThat(firsts.get("b")).isBetween(298, 302);
    }

    @Test
    void chanceHeedsWeights() {
        Map<String, Integer> firsts =
                firsts(router(rules(Strategy.RANDOM)), weighted().roster(), 4000);

        assertThat(firsts.get("b")).isBetween(2900, 3100);
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void manyAtOnceSpread(Strategy strategy) {
        House house = House.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

        List<Integer> each = burst(router(rules(strategy)), house, 200);

        boolean isBlind = strategy == Strategy.RANDOM;
        assertThat(each).allSatisfy(load -> assertThat(load).isBetween(isBlind ? 8 : 17, isBlind ? 35 : 23));
    }

    @ParameterizedTest
    @EnumSource(names = {"SMART", "LEAST_BUSY"})
    void manyAtOnceSpreadByWeight(Strategy strategy) {
        assertThat(burst(router(rules(strategy)), weighted(), 40)).containsExactly(10, 30);
    }

    @Test
    void turnsOfOneModelDoNotDependOnThoseOfAnother() {
        House house = House.of("a", "b");
        house.registry()
                .roster()
                .members()
                .forEach(member -> house.put(member.said(), Card.named("qwen3"), Card.named("phi4")));
        Router router = router(rules(Strategy.ROUND_ROBIN));
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            firsts.add(plan(router, wish("qwen3"), house.roster())
                    .first()
                    .backend()
                    .name());
            plan(router, wish("phi4"), house.roster());
        }

        assertThat(firsts).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void roundRobinGoesOnInTheSameOrder() {
        Router router = router(rules(Strategy.ROUND_ROBIN));
        House house = House.of("a", "b", "c");

        plan(router, wish("qwen3"), house.roster());
        Plan second = plan(router, wish("qwen3"), house.roster());

        assertThat(reasons(second))
                .containsExactly("round_robin:index_1", "round_robin:index_2", "round_robin:index_0");
    }

    @Test
    void priorityGoesByNumberAlone() {
        House house = new House()
                .put(House.said("a", Zone.RESTRICTED, 1, 30, 1, 0))
                .put(House.said("b", Zone.RESTRICTED, 1, -5, 1, 0))
                .put(House.said("c", Zone.RESTRICTED, 1, 200, 1, 0))
                .busy("b", 90);

        assertThat(reasons(plan(router(rules(Strategy.PRIORITY_ONLY)), wish("qwen3"), house.roster())))
                .containsExactly("priority:b:-5", "priority:a:30", "priority:c:200");
    }

    @Test
    void leastBusyGoesByWhatEachMayDoAtOnce() {
        House house = new House()
                .put(House.said("big", Zone.RESTRICTED, 1, 50, 1, 16))
                .put(House.said("small", Zone.RESTRICTED, 1, 50, 1, 2))
                .busy("big", 4)
                .busy("small", 1);

        assertThat(reasons(plan(router(rules(Strategy.LEAST_BUSY)), wish("qwen3"), house.roster())))
                .containsExactly("least_busy:big:4", "least_busy:small:1");
    }

    @ParameterizedTest
    @CsvSource({
        // priority, limit, in flight, milliseconds to the first piece, purse, zone, score
        "50, 0, 0, 0,    OPEN,    RESTRICTED, 75",
        "0,  0, 0, 0,    OPEN,    RESTRICTED, 100",
        "0,  4, 2, 0,    OPEN,    RESTRICTED, 85",
        "0,  0, 4, 0,    OPEN,    RESTRICTED, 85",
        "0,  0, 96, 0,   OPEN,    RESTRICTED, 71",
        "0,  0, 0, 500,  OPEN,    RESTRICTED, 90",
        "0,  0, 0, 2000, OPEN,    RESTRICTED, 80",
        "0,  0, 0, 4500, OPEN,    RESTRICTED, 40",
        "0,  0, 0, 9000, OPEN,    RESTRICTED, 0",
        "0,  0, 0, 0,    CAREFUL, RESTRICTED, 100",
        "0,  0, 0, 0,    CAREFUL, OPEN,       50",
    })
    void smartWeighsPriorityLoadAndSpeed(
            int priority, int limit, int inFlight, long millis, Purse purse, Zone zone, int score) {
        House house = new House()
                .put(House.said("desk", zone, 1, priority, 1, limit))
                .put(House.said("other", Zone.RESTRICTED, 1, 99, 1, 0))
                .busy("desk", inFlight)
                .took("other", 1000);
        if (millis > 0) {
            house.took("desk", millis);
        }

        Plan plan = plan(router(rules(Strategy.SMART)).decide(wish("qwen3"), house.roster(), purse, 0));

        assertThat(reasons(plan).stream().map(reason -> reason.replace("highest_", "")))
                .contains("score:desk:" + score + ".00");
    }

    @Test
    void theFasterOfTwoIsAsked() {
        House house = House.of("slow", "fast").took("slow", 900).took("fast", 90);
        Router router = router(rules(Strategy.LATENCY));

        assertThat(reasons(plan(router, wish("qwen3"), house.roster())))
                .containsExactly("latency:fast:90", "latency:slow:900");
        house.busy("fast", 10);
        assertThat(names(plan(router, wish("qwen3"), house.roster()))).containsExactly("slow", "fast");
    }

    @Test
    void whoWasSlowOnceIsTriedAgainAfterAWhile() {
        House house = House.of("once", "fast").took("once", 3000);
        Router router = router(rules(Strategy.LATENCY));
        long later = TimeUnit.MINUTES.toNanos(6);
        house.pulse("fast").succeeded(true, 90_000_000, later);

        assertThat(plan(router.decide(wish("qwen3"), house.roster(), Purse.OPEN, later))
                        .first()
                        .backend()
                        .name())
                .isEqualTo("once");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void aConversationReturns(Strategy strategy) {
        House house = House.of("a", "b", "c", "d");
        Router router = router(rules(strategy));
        Set<String> homes = new HashSet<>();
        for (long number = 1; number <= 40; number++) {
            String home =
                    plan(router, conversation(number), house.roster()).first().reason();
            homes.add(home);
            for (int again = 0; again < 3; again++) {
                assertThat(plan(router, conversation(number), house.roster())
                                .first()
                                .reason())
                        .isEqualTo(home);
            }
        }

        assertThat(homes).containsExactlyInAnyOrder("sticky:a", "sticky:b", "sticky:c", "sticky:d");
    }

    @Test
    void whenABackendLeavesOnlyItsOwnConversationsMove() {
        House before = House.of("a", "b", "c", "d");
        House after = House.of("a", "b", "c");
        Router router = router(rules(Strategy.ROUND_ROBIN));
        for (long number = 1; number <= 100; number++) {
            String home =
                    names(plan(router, conversation(number), before.roster())).get(0);
            String now =
                    names(plan(router, conversation(number), after.roster())).get(0);
            assertThat(now)
                    .satisfiesAnyOf(
                            one -> assertThat(one).isEqualTo(home),
                            one -> assertThat(home).isEqualTo("d"));
        }
    }

    @Test
    void aConversationDoesNotOverrunItsBackend() {
        House house = House.of("a", "b", "c", "d");
        Router router = router(rules(Strategy.SMART));
        for (int i = 0; i < 40; i++) {
            house.load(plan(router, conversation(7), house.roster())
                            .first()
                            .backend()
                            .name())
                    .enter();
        }

        assertThat(house.roster().members())
                .allSatisfy(member -> assertThat(member.load().inFlight()).isBetween(7, 15));
    }

    @Test
    void aConversationGoesToNobodyWhoIsFullReluctantWorseOrSlow() {
        House house = new House()
                .put(House.said("full", Zone.RESTRICTED, 1, 50, 1, 1))
                .put(House.said("shy"))
                .put(House.said("worse", Zone.RESTRICTED, 1, 51, 1, 0))
                .put(House.said("slow"))
                .put(House.said("good"))
                .busy("full", 1)
                .took("slow", 5000);
        house.pulse("shy").refuseUntil(1000);
        Router router = router(rules(Strategy.SMART));
        for (long number = 1; number <= 100; number++) {
            assertThat(plan(router, conversation(number), house.roster())
                            .first()
                            .reason())
                    .isEqualTo("sticky:good");
        }
    }

    @Test
    void withoutStickinessAConversationGoesAnywhere() {
        Rules loose = new Rules(
                Strategy.ROUND_ROBIN, Rules.Weights.USUAL, Map.of(), Map.of(), List.of(), false, Rules.Quality.USUAL);
        Router router = router(loose);
        House house = House.of("a", "b");

        assertThat(plan(router, conversation(5), house.roster()).first().reason())
                .isEqualTo("round_robin:index_0");
        assertThat(plan(router, conversation(5), house.roster()).first().reason())
                .isEqualTo("round_robin:index_1");
    }

    @Test
    void ofManyTheFirstFewAreInOrderAndAllAreThere() {
        House house = new House();
        for (int i = 0; i < 100; i++) {
            house.put(House.said("n" + i, Zone.RESTRICTED, 1, (i * 37) % 100, 1, 0));
        }

        Plan plan = plan(router(rules(Strategy.PRIORITY_ONLY)), wish("qwen3"), house.roster());

        assertThat(plan.candidates().subList(0, 8))
                .extracting(one ->
                        Objects.requireNonNull(one.offer()).member().said().priority())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(names(plan)).hasSize(100).doesNotHaveDuplicates();
    }
}

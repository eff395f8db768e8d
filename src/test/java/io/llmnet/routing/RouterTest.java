package io.llmnet.routing;

import static io.llmnet.routing.Choosing.exclusions;
import static io.llmnet.routing.Choosing.names;
import static io.llmnet.routing.Choosing.none;
import static io.llmnet.routing.Choosing.plan;
import static io.llmnet.routing.Choosing.reasons;
import static io.llmnet.routing.Choosing.router;
import static io.llmnet.routing.Choosing.rules;
import static io.llmnet.routing.Choosing.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.Fault;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Price;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules.Policy;
import io.llmnet.routing.Rules.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be asked at all, and what is said when nobody may. */
class RouterTest {
    private static final Rules BY_PRIORITY = rules(Strategy.PRIORITY_ONLY);

    private static Rules named(Map<String, String> aliases, Map<String, List<String>> fallbacks) {
        return new Rules(
                Strategy.PRIORITY_ONLY, Rules.Weights.USUAL, aliases, fallbacks, List.of(), true, Rules.Quality.USUAL);
    }

    private static Capabilities can(int context, Ability vision, Ability tools, Ability json, Ability embeddings) {
        return new Capabilities(context, 0, vision, tools, json, embeddings, Ability.UNKNOWN);
    }

    @Test
    void aliasesAreFollowedToTheirEnd() {
        Rules rules = named(Map.of("gpt-4o", "best", "best", "qwen3"), Map.of());

        Plan plan = plan(router(rules), wish("gpt-4o"), House.of("desk").roster());

        assertThat(plan.model()).isEqualTo("qwen3");
        assertThat(plan.first().model()).isEqualTo("qwen3");
        assertThat(plan.first().fallbackFor()).isNull();
    }

    @Test
    void aliasesThatTurnInACircleStandForThemselves() {
        Rules rules = named(Map.of("a", "b", "b", "a", "qwen3", "qwen3"), Map.of());

        NoPlan none = none(router(rules).decide(wish("a"), House.of("desk").roster(), Purse.OPEN, 0));
        Plan plan = plan(router(rules), wish("qwen3"), House.of("desk").roster());

        assertThat(none.fault()).isEqualTo(Fault.MODEL_NOT_FOUND);
        assertThat(plan.model()).isEqualTo("qwen3");
    }

    @Test
    void otherModelsStandInAfterTheModelAskedFor() {
        House house = House.of("desk")
                .put(House.said("box"), Card.named("phi4"))
                .put(House.said("nuc"), Card.named("llama3"));
        Rules rules = named(Map.of("small", "phi4"), Map.of("qwen3", List.of("llama3", "small", "phi4", "qwen3")));

        Plan plan = plan(router(rules), wish("qwen3"), house.roster());

        assertThat(names(plan)).containsExactly("desk", "nuc", "box");
        assertThat(reasons(plan))
                .containsExactly(
                        "only_healthy_backend",
                        "fallback:llama3:only_healthy_backend",
                        "fallback:phi4:only_healthy_backend");
        assertThat(plan.candidates()).extracting(Candidate::fallbackFor).containsExactly(null, "qwen3", "qwen3");
    }

    @Test
    void aModelThatIsGoneIsStoodInFor() {
        Rules rules = named(Map.of(), Map.of("gone", List.of("qwen3")));

        Plan plan = plan(router(rules), wish("gone"), House.of("desk", "box").roster());

        assertThat(reasons(plan)).containsExactly("fallback:qwen3:priority:desk:50", "fallback:qwen3:priority:box:50");
    }

    @Test
    void aStandInLeavesHomeNoMoreThanTheModelAskedFor() {
        House house = House.of("desk").put(House.said("cloud", Zone.OPEN, 1, 50, 1, 0), Card.named("gpt-4o"));
        house.down("desk", "connection refused");
        Rules rules = new Rules(
                Strategy.SMART,
                Rules.Weights.USUAL,
                Map.of(),
                Map.of("qwen3", List.of("gpt-4o")),
                List.of(new Policy("qwen*", Zone.RESTRICTED, 0, false)),
                true,
                Rules.Quality.USUAL);

        NoPlan none = none(router(rules).decide(wish("qwen3"), house.roster(), Purse.OPEN, 0));

        assertThat(exclusions(none.exclusions()))
                .containsExactly(
                        "desk HEALTH: connection refused",
                        "cloud PRIVACY: in zone open, and the policy of this model demands restricted");
        assertThat(none.zone()).isEqualTo(Zone.RESTRICTED);
        assertThat(none.available()).containsExactly("cloud");
    }

    @Test
    void anUnknownModelIsNotFoundAndTheOthersAreNamed() {
        House house = House.of("desk").put(House.said("box"), Card.named("llama3"));

        NoPlan none = none(router(BY_PRIORITY).decide(wish("quen3"), house.roster(), Purse.OPEN, 0));

        assertThat(none.fault()).isEqualTo(Fault.MODEL_NOT_FOUND);
        assertThat(none.message())
                .isEqualTo("model `quen3` does not exist; did you mean `qwen3`? there are llama3, qwen3");
        assertThat(none.exclusions()).isEmpty();
        assertThat(none.available()).containsExactly("desk", "box");
    }

    @Test
    void ofManyModelsTwentyAreNamed() {
        Card[] cards = new Card[25];
        for (int i = 0; i < cards.length; i++) {
            cards[i] = Card.named("model-number-" + (i + 10));
        }

        House house = new House().put(House.said("desk"), cards);
        NoPlan none = none(router(BY_PRIORITY).decide(wish("x".repeat(5000)), house.roster(), Purse.OPEN, 0));

        assertThat(none.message()).contains("model-number-29 and 5 more").hasSizeLessThan(600);
    }

    @Test
    void withoutAnyModelItSaysWhatToDo() {
        NoPlan none = none(router(BY_PRIORITY).decide(wish("x"), new House().roster(), Purse.OPEN, 0));

        assertThat(none.message())
                .isEqualTo("model `x` does not exist; no backend is there that has any: start one, or add one to the"
                        + " settings");
    }

    @Test
    void aKnownModelWhoseBackendsAreDownSaysWhy() {
        House house = House.of("desk", "box", "nuc", "lap");
        house.down("desk", "connection refused").down("box", "status 500").drain("nuc");
        house.registry().put(House.said("late", Zone.RESTRICTED, 1, 50, 1, 0, "qwen3"));
        house.down("lap", "no answer");

        NoPlan none = none(router(BY_PRIORITY).decide(wish("qwen3"), house.roster(), Purse.OPEN, 0));

        assertThat(none.fault()).isEqualTo(Fault.NO_BACKEND);
        assertThat(none.message())
                .isEqualTo("no backend may answer for `qwen3`: desk (connection refused), box (status 500),"
                        + " nuc (draining), lap (no answer), late (not yet probed); start it, or mend it;"
                        + " or wait, or let it go on; or try again in a few seconds");
        assertThat(none.available()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, desk cloud paid",
        "CAREFUL, desk cloud paid",
        "LOCAL_ONLY, desk",
        "SHUT, ''",
    })
    void theBudgetDecidesWhoMayBePaid(Purse purse, String expected) {
        House house = House.of("desk")
                .put(House.said("cloud", Zone.OPEN, 1, 50, 1, 0))
                .put(House.said("paid"), Card.named("qwen3").at(new Price(0, 1)));

        Decision decision = router(BY_PRIORITY).decide(wish("qwen3"), house.roster(), purse, 0);

        List<String> may = decision instanceof Plan plan ? names(plan) : List.of();
        assertThat(String.join(" ", may)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // tier demanded, policy strict, caller, tiers there, who may
        "0, true,  POLICY,   '1 5', 'a b'",
        "2, true,  POLICY,   '1 3', 'a'",
        "2, true,  POLICY,   '3 3', ''",
        "2, true,  FLEXIBLE, '3 4', 'a b'",
        "2, false, POLICY,   '3 4', 'a b'",
        "2, false, POLICY,   '2 3', 'a'",
        "2, false, STRICT,   '3 3', ''",
    })
    void tiersAreHeldAsStrictlyAsSaid(int tier, boolean strict, Wish.Strictness caller, String tiers, String expected) {
        String[] there = tiers.split(" ", -1);
        House house = new House()
                .put(House.said("a", Zone.RESTRICTED, Integer.parseInt(there[0]), 50, 1, 0))
                .put(House.said("b", Zone.RESTRICTED, Integer.parseInt(there[1]), 50, 1, 0));
        Router router = router(rules(Strategy.PRIORITY_ONLY, new Policy("*", null, tier, strict)));

        Decision decision = router.decide(new Wish("qwen3", Needs.NONE, caller, 0), house.roster(), Purse.OPEN, 0);

        List<String> may = decision instanceof Plan plan ? names(plan) : List.of();
        assertThat(String.join(" ", may)).isEqualTo(expected);
    }

    @Test
    void theFirstPolicyThatFitsCounts() {
        House house = new House()
                .put(House.said("cloud", Zone.OPEN, 1, 50, 1, 0), Card.named("gpt-4o"), Card.named("GPT-4o"));
        Router router = router(rules(
                Strategy.SMART, new Policy("gpt-?o", Zone.OPEN, 0, false), new Policy("*", Zone.RESTRICTED, 0, false)));

        assertThat(router.decide(wish("gpt-4o"), house.roster(), Purse.OPEN, 0)).isInstanceOf(Plan.class);
        assertThat(router.decide(wish("GPT-4o"), house.roster(), Purse.OPEN, 0)).isInstanceOf(NoPlan.class);
    }

    @ParameterizedTest
    @CsvSource({
        // failures of how many, and whether it is left out while another is there
        "4, 9, false",
        "9, 9, false",
        "4, 10, false",
        "5, 10, true",
        "10, 10, true",
    })
    void whoFailsTooOftenIsLeftOutOnceItCanBeJudged(int failures, int all, boolean out) {
        House house = House.of("desk", "box");
        fail(house, "desk", failures, all);

        Plan plan = plan(router(BY_PRIORITY), wish("qwen3"), house.roster());

        assertThat(names(plan).contains("desk")).isEqualTo(!out);
        assertThat(plan.exclusions()).hasSize(out ? 1 : 0);
    }

    @Test
    void whoFailsTooOftenIsStillAskedWhenNobodyElseIsLeft() {
        House house = House.of("desk", "box");
        fail(house, "desk", 9, 10);
        house.down("box", "connection refused");

        Plan plan = plan(router(BY_PRIORITY), wish("qwen3"), house.roster());

        assertThat(names(plan)).containsExactly("desk");
    }

    @Test
    void failuresOutsideTheWindowAreForgotten() {
        House house = House.of("desk", "box");
        fail(house, "desk", 10, 10);
        Rules.Quality minutes = new Rules.Quality(Duration.ofMinutes(5), 10, 0.5, Duration.ofSeconds(3));
        Router router = router(
                new Rules(Strategy.PRIORITY_ONLY, Rules.Weights.USUAL, Map.of(), Map.of(), List.of(), true, minutes));

        Decision soon = router.decide(wish("qwen3"), house.roster(), Purse.OPEN, TimeUnit.MINUTES.toNanos(4));
        Decision later = router.decide(wish("qwen3"), house.roster(), Purse.OPEN, TimeUnit.MINUTES.toNanos(6));

        assertThat(plan(soon).exclusions()).hasSize(1);
        assertThat(plan(later).exclusions()).isEmpty();
    }

    /** Never so often that its breaker opens. */
    private static void fail(House house, String name, int failures, int all) {
        for (int i = 0; i < all; i++) {
            if (i < failures) {
                house.pulse(name).failed(0, new Breaker.Terms(1000, 1000, 1, Duration.ofSeconds(1)));
            } else {
                house.pulse(name).succeeded(true, 1_000_000, 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // what is needed, ability of the model, whether it may be asked
        "vision, YES, true",
        "vision, UNKNOWN, true",
        "vision, NO, false",
        "tools, UNKNOWN, true",
        "tools, NO, false",
        "json, UNKNOWN, true",
        "json, NO, false",
        "embeddings, YES, true",
        "embeddings, UNKNOWN, true",
        "embeddings, NO, false",
        "chat, YES, true",
    })
    void onlyWhatIsKnownToBeWantingIsAReasonToRefuse(String need, Ability ability, boolean may) {
        boolean isVector = need.equals("embeddings");
        Needs needs = new Needs(1, 1, need.equals("vision"), need.equals("tools"), need.equals("json"), isVector);
        Card card = Card.named("qwen3").with(can(0, ability, ability, ability, isVector ? ability : Ability.UNKNOWN));

        Decision decision = router(BY_PRIORITY)
                .decide(wish(needs), new House().put(House.said("desk"), card).roster(), Purse.OPEN, 0);

        assertThat(decision instanceof Plan).isEqualTo(may);
    }

    @Test
    void aModelForVectorsDoesNotChat() {
        Card card = Card.named("qwen3").with(can(0, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN, Ability.YES));

        NoPlan none = none(router(BY_PRIORITY)
                .decide(wish("qwen3"), new House().put(House.said("desk"), card).roster(), Purse.OPEN, 0));

        assertThat(none.fault()).isEqualTo(Fault.BAD_REQUEST);
        assertThat(none.message()).isEqualTo("model `qwen3` makes vectors and does not chat; ask a chat model");
    }

    @Test
    void whatFitsIntoNoContextIsTheCallersMistake() {
        Card small =
                Card.named("qwen3").with(can(4096, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN));
        House house = new House().put(House.said("desk"), small).put(House.said("box"), small);
        house.down("box", "connection refused");
        Needs fits = new Needs(4000, 96, false, false, false, false);
        Needs huge = new Needs(4000, Integer.MAX_VALUE, false, false, false, false);

        assertThat(router(BY_PRIORITY).decide(wish(fits), house.roster(), Purse.OPEN, 0))
                .isInstanceOf(Plan.class);
        NoPlan none = none(router(BY_PRIORITY).decide(wish(huge), house.roster(), Purse.OPEN, 0));
        assertThat(none.fault()).isEqualTo(Fault.CONTEXT_LENGTH);
        assertThat(none.message()).contains("about 4000 tokens").contains("which is 4096 tokens");
    }

    @Test
    void whoCouldDoItButIsDownMakesItNoMistakeOfTheCaller() {
        Card blind = Card.named("qwen3").with(can(0, Ability.NO, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN));
        House house = House.of("eyes").put(House.said("desk"), blind).down("eyes", "connection refused");

        NoPlan none = none(router(BY_PRIORITY)
                .decide(wish(new Needs(1, 1, true, false, false, false)), house.roster(), Purse.OPEN, 0));

        assertThat(none.fault()).isEqualTo(Fault.NO_BACKEND);
        assertThat(exclusions(none.exclusions()))
                .containsExactly("eyes HEALTH: connection refused", "desk CAPABILITY: sees no images");
    }

    @Test
    void fullOnesComeAfterThoseWithRoomAndReluctantOnesLast() {
        House house = new House()
                .put(House.said("later", Zone.RESTRICTED, 1, 1, 1, 0))
                .put(House.said("sooner", Zone.RESTRICTED, 1, 2, 1, 0))
                .put(House.said("full", Zone.RESTRICTED, 1, 3, 1, 1))
                .put(House.said("free", Zone.RESTRICTED, 1, 4, 1, 1))
                .busy("full", 1);
        house.pulse("later").refuseUntil(TimeUnit.SECONDS.toNanos(20));
        house.pulse("sooner").refuseUntil(TimeUnit.SECONDS.toNanos(10));

        Plan plan = plan(router(BY_PRIORITY), wish("qwen3"), house.roster());

        assertThat(reasons(plan))
                .containsExactly(
                        "priority:free:4", "full:priority:full:3", "reluctant:sooner:10s", "reluctant:later:20s");
    }

    @Test
    void reluctantOnesComeEvenAfterStandIns() {
        House house = House.of("desk").put(House.said("box"), Card.named("phi4"));
        house.pulse("desk").refuseUntil(1000);
        Rules rules = named(Map.of(), Map.of("qwen3", List.of("phi4")));

        assertThat(names(plan(router(rules), wish("qwen3"), house.roster()))).containsExactly("box", "desk");
    }
}

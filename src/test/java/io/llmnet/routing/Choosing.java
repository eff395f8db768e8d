package io.llmnet.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.registry.Roster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Asks a router, and says in short what it has said. */
final class Choosing {
    private Choosing() {}

    static Rules rules(Rules.Strategy strategy) {
        return new Rules(strategy, Rules.Weights.USUAL, Map.of(), Map.of(), List.of(), true, Rules.Quality.USUAL);
    }

    static Rules rules(Rules.Strategy strategy, Rules.Policy... policies) {
        return new Rules(
                strategy, Rules.Weights.USUAL, Map.of(), Map.of(), List.of(policies), true, Rules.Quality.USUAL);
    }

    static Router router(Rules rules) {
        return new Router(rules, new SplittableRandom(1));
    }

    static Wish wish(String model) {
        return new Wish(model, Needs.NONE, Wish.Strictness.POLICY, 0);
    }

    static Wish wish(Needs needs) {
        return new Wish(House.MODEL, needs, Wish.Strictness.POLICY, 0);
    }

    static Wish conversation(long number) {
        return new Wish(House.MODEL, Needs.NONE, Wish.Strictness.POLICY, number);
    }

    static Plan plan(Router router, Wish wish, Roster roster) {
        return plan(router.decide(wish, roster, Purse.OPEN, 0));
    }

    static Plan plan(Decision decision) {
        assertThat(decision).isInstanceOf(Plan.class);
        return (Plan) decision;
    }

    static NoPlan none(Decision decision) {
        assertThat(decision).isInstanceOf(NoPlan.class);
        return (NoPlan) decision;
    }

    static List<String> names(Plan plan) {
        return plan.candidates().stream().map(one -> one.backend().name()).toList();
    }

    static List<String> reasons(Plan plan) {
        return plan.candidates().stream().map(Candidate::reason).toList();
    }

    static List<String> exclusions(List<Exclusion> exclusions) {
        return exclusions.stream()
                .map(out -> out.backend() + " " + out.gate() + ": " + out.reason())
                .toList();
    }

    /** How often each comes first in so many decisions, nobody being asked. */
    static Map<String, Integer> firsts(Router router, Roster roster, int times) {
        Map<String, Integer> firsts = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            firsts.merge(
                    plan(router, wish(House.MODEL), roster).first().backend().name(), 1, Integer::sum);
        }
        return firsts;
    }

    /** Who gets how many of so many requests that come at the same instant. */
    static List<Integer> burst(Router router, House house, int times) {
        for (int i = 0; i < times; i++) {
            Candidate first = plan(router, wish(House.MODEL), house.roster()).first();
            house.load(first.backend().name()).enter();
        }
        List<Integer> inFlight = new ArrayList<>();
        house.roster().members().forEach(member -> inFlight.add(member.load().inFlight()));
        return inFlight;
    }
}

package io.llmnet.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Move.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What holds of all sittings, whatever happens in them. {@link Script} sees that nobody is asked twice or waited for in vain. */
class DeliberationTest {
    private static final List<Strategy> STRATEGIES = List.of(Strategy.values());
    private static final List<String> ANSWERS = List.of("x", "y", "z", "42", "43", "call f({})");
    private static final List<String> TERMS = List.of(
            "",
            "quorum=2",
            "likeness=exact",
            "agreement=0.5",
            "agreement=1 fallback=voting",
            "fallback=fastest",
            "fallback=weighted",
            "fallback=judge",
            "fallback=cascade",
            "fallback=merge");

    @RepeatedTest(value = 500, name = "seed {currentRepetition}")
    void endsWhateverHappens(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        Council council = council(random);
        Script script = new Script(council, new Standings()).begin();

        int events = 0;
        while (script.end() == null && events < 100) {
            script.then(event(council, script, random));
            events++;
        }
        Step end = Objects.requireNonNull(script.end());
        if (end instanceof Step.Consult || end instanceof Step.Merge) {
            boolean merges = end instanceof Step.Merge && random.nextBoolean();
            script.then(
                    merges
                            ? "merged"
                            : List.of("judge!no", "judge=none: bad", "judge=a: good")
                                    .get(random.nextInt(3)));
            end = Objects.requireNonNull(script.end());
        }

        assertThat(end).isInstanceOfAny(Step.Settled.class, Step.Failed.class);
        if (end instanceof Step.Settled settled) {
            holds(council, settled.decision());
        }
    }

    private static void holds(Council council, Decision decision) {
        assertThat(decision.votes()).hasSameSizeAs(council.seats());
        assertThat(decision.agreeing())
                .allMatch(seat -> decision.votes().get(seat).end() == End.ANSWERED);
        if (decision.winner() >= 0) {
            assertThat(decision.agreeing()).contains(decision.winner());
        }
        assertThat(decision.votes()).allSatisfy(vote -> assertThat(vote.score()).isBetween(0.0, 1.0));
    }

    private static Council council(Random random) {
        Strategy strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        StringBuilder seats = new StringBuilder();
        for (int i = 0; i <= random.nextInt(5); i++) {
            seats.append(' ').append((char) ('a' + i)).append('*').append(1 + random.nextInt(3));
        }
        return Words.council(strategy.word() + seats + " " + TERMS.get(random.nextInt(TERMS.size())));
    }

    private static String event(Council council, Script script, Random random) {
        int what = random.nextInt(12);
        if (what == 0) {
            return "late";
        }
        if (what == 1) {
            return "wake";
        }
        List<Integer> silent = new ArrayList<>(script.silent());
        String name =
                council.seats().get(silent.get(random.nextInt(silent.size()))).name();
        if (what < 4) {
            return name + "!down";
        }
        String confidence = random.nextBoolean() ? "@0." + random.nextInt(10) : "";
        return name + confidence + "#" + what + "=" + ANSWERS.get(random.nextInt(ANSWERS.size()));
    }

    @Test
    void tellsWhatBecameOfEachMember() {
        Script script = new Script(Words.council("voting a b c d e"), new Standings()).begin();

        script.then("a#3=x").then("b#4=y").then("c#5!down").then("d#6=X").then("e#7=x");

        assertThat(decision(script).votes())
                .containsExactly(
                        new Vote("a", End.ANSWERED, 0.6, 3_000_000, null),
                        new Vote("b", End.ANSWERED, 0.2, 4_000_000, null),
                        new Vote("c", End.FAILED, 0, 5_000_000, "down"),
                        new Vote("d", End.ANSWERED, 0.6, 6_000_000, null),
                        new Vote("e", End.ANSWERED, 0.6, 7_000_000, null));
        assertThat(decision(script).agreeing()).containsExactlyInAnyOrder(0, 3, 4);
    }

    @Test
    void tellsWhoWasNotWaitedForAndWhoNotAsked() {
        Script script = new Script(Words.council("fastest a b c"), new Standings()).begin();

        script.then("wake").then("b=x");

        assertThat(decision(script).votes().stream().map(Vote::end))
                .containsExactly(End.DISMISSED, End.ANSWERED, End.UNASKED);
    }

    @Test
    void tellsWhoWasSilentWhenTheTimeWasOver() {
        Script script = new Script(Words.council("voting a b c"), new Standings()).begin();

        script.then("b=x").then("late");

        assertThat(decision(script).votes().stream().map(Vote::end)).containsExactly(End.LATE, End.ANSWERED, End.LATE);
    }

    @Test
    void tellsTheScoreWhereTooFewAgree() {
        Script script = new Script(Words.council("consensus a b c"), new Standings()).begin();

        script.then("a=x").then("b=y").then("c=x");

        Step.Failed failed = (Step.Failed) Objects.requireNonNull(script.end());
        assertThat(failed.why().details().headers()).containsEntry("x-llmnet-agreement-score", "0.667");
        assertThat(failed.votes().stream().map(Vote::score)).containsExactly(2 / 3.0, 1 / 3.0, 2 / 3.0);
    }

    @Test
    void aTroubleIsToldInOneShortLine() {
        Script script = new Script(Words.council("fastest a"), new Standings()).begin();

        script.fails(0, "so\n".repeat(100), 0);

        assertThat(script.outcome())
                .startsWith("NO_BACKEND all 1 models failed: a: so so so")
                .endsWith("…")
                .hasSize(155);
    }

    private static Decision decision(Script script) {
        return ((Step.Settled) Objects.requireNonNull(script.end())).decision();
    }
}

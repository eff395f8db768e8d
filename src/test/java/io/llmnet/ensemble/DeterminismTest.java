package io.llmnet.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Move.Step;
import io.llmnet.ensemble.meaning.Meaning;
import io.llmnet.ensemble.meaning.Meanings;
import io.llmnet.ensemble.meaning.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same answers, in whatever order they come, end in the same decision. */
class DeterminismTest {
    private static final int ORDERS = 1000;

    /** Some are equal but for what says nothing, some alike, and some lead from one to another that is not like it. */
    private static final List<String> ANSWERS = List.of(
            "Paris",
            "paris.",
            "**Paris**",
            "Lyon",
            "42",
            "43",
            "paint colours",
            "paint colors",
            "paints colors",
            "paints colours",
            "yes",
            "no",
            "it is not Paris",
            "down!");

    static Stream<Arguments> councils() {
        List<String> kinds = List.of(
                "voting",
                "voting likeness=exact",
                "weighted",
                "weighted likeness=exact",
                "consensus",
                "consensus agreement=0.5",
                "consensus fallback=voting",
                "consensus fallback=voting likeness=exact",
                "consensus fallback=weighted",
                "consensus fallback=judge",
                "judge",
                "judge fallback=weighted",
                "merge");
        return kinds.stream()
                .flatMap(kind -> Stream.of("b a c*2 d", "e d*1.5 c*0.1 b*0.2 a*0.3", "a b c d e f g")
                        .map(seats -> Arguments.of(kind, seats, kind.length() + seats.length())));
    }

    @ParameterizedTest(name = "{0} of {1}, seed {2}")
    @MethodSource("councils")
    void inAnyOrderTheSame(String kind, String seats, int seed) {
        Random random = new Random(seed);
        Council council = Words.council(kind.split(" ", 2)[0] + " " + seats + " " + terms(kind));
        List<String> answers = council.seats().stream()
                .map(seat -> ANSWERS.get(random.nextInt(ANSWERS.size())))
                .toList();

        Set<String> ends = new HashSet<>();
        for (int i = 0; i < ORDERS; i++) {
            ends.add(end(council, answers, order(answers.size(), random)));
        }

        assertThat(ends).as(answers.toString()).hasSize(1);
    }

    private static String terms(String kind) {
        String[] words = kind.split(" ", 2);
        return "similarity=0.9 " + (words.length == 1 ? "" : words[1]);
    }

    private static List<Integer> order(int size, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    /** How it ends; a winner stands for its meaning among all answers, also those that were not waited for. */
    private static String end(Council council, List<String> answers, List<Integer> order) {
        Script script = new Script(council, new Standings()).begin();
        for (int seat : order) {
            if (script.end() == null) {
                play(script, seat, answers.get(seat));
            }
        }
        Step end = Objects.requireNonNull(script.end());
        if (end instanceof Step.Consult consult) {
            return consult + script.then("judge!none").outcome();
        }
        if (end instanceof Step.Settled settled) {
            return settled.decision().by() + " "
                    + meaning(council, answers, settled.decision().winner());
        }
        return script.outcome();
    }

    private static void play(Script script, int seat, String answer) {
        if (answer.endsWith("!")) {
            script.fails(seat, answer, 0);
        } else {
            script.says(new Proposal(seat, answer, null, List.of(), new float[0], null, 1000 - seat));
        }
    }

    private static List<Integer> meaning(Council council, List<String> answers, int winner) {
        Measure measure = council.terms().likeness() == Terms.Likeness.EXACT ? Measure.EXACT : Measure.WORDS;
        Meanings all = new Meanings(answers.size(), measure, council.terms().similarity());
        for (int seat = 0; seat < answers.size(); seat++) {
            if (!answers.get(seat).endsWith("!")) {
                all.add(seat, Meaning.of(answers.get(seat), null, List.of(), null));
            }
        }
        return all.groups().stream()
                .filter(group -> group.contains(winner))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theJudgeSeesTheSameAnswersInTheSameOrderAlways(long seed) {
        assertThat(shown(seed, "x")).isEqualTo(shown(seed, "x"));
    }

    @Test
    void theSeedHasTheJudgeSeeThemInAnotherOrder() {
        assertThat(IntStream.range(0, 20).mapToObj(seed -> shown(seed, "x")).distinct())
                .hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void overManyRequestsNobodyHasTheBetterPlace(long seed) {
        List<Integer> firsts = IntStream.range(0, 4000)
                .mapToObj(i -> shown(seed, "answer " + i).get(0))
                .toList();

        assertThat(IntStream.range(0, 4).map(seat -> Collections.frequency(firsts, seat)))
                .allSatisfy(times -> assertThat(times).isBetween(850, 1150));
    }

    private static List<Integer> shown(long seed, String text) {
        Council council = Words.council("judge a b c d seed=" + seed);
        Script script = new Script(council, new Standings()).begin();
        for (int seat = 0; seat < 4; seat++) {
            script.says(Proposal.of(seat, text + " of " + seat));
        }
        return ((Step.Consult) Objects.requireNonNull(script.end())).seats();
    }
}

package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Another model picks among all that came in time (JUDGE), or makes one answer of them (MERGE, mixture of agents: Wang et al.
 * 2024). Neither is needed where only one came, or all are equal. A judge who lets none pass has the last word: no fallback
 * shows what he holds for harmful.
 *
 * <p>Judges favour an answer for its place (Zheng et al. 2023, "Judging LLM-as-a-judge"). So the order is shuffled, by the
 * seed and the answers themselves: over many requests no member has the better place, and the same answers are always shown in
 * the same order. Tool calls cannot be merged; where there are any, it is decided as when the judge is of no help.
 */
final class Judged implements Rule {
    private final Function<List<Integer>, Step> judge;

    Judged(Function<List<Integer>, Step> judge) {
        this.judge = judge;
    }

    @Override
    public @Nullable Step early(Ballots ballots) {
        return null;
    }

    @Override
    public Step last(Ballots ballots) {
        List<Proposal> answers = ballots.answers();
        if (answers.size() == 1) {
            return Fastest.of(ballots, "only one answer");
        }
        if (ballots.areEqual()) {
            return Voting.settled(ballots, Voting.ranked(ballots));
        }
        Step step = judge.apply(order(answers, ballots.terms().seed()));
        boolean callsTools =
                answers.stream().anyMatch(answer -> !answer.toolCalls().isEmpty());
        return step instanceof Step.Merge && callsTools ? Chain.of(ballots, "tool calls cannot be merged") : step;
    }

    /** Depends on nothing but the seed and what was answered. */
    private static List<Integer> order(List<Proposal> answers, long seed) {
        long mixed = seed;
        List<Integer> seats = new ArrayList<>();
        for (Proposal answer : answers) {
            mixed = mixed * 31 + answer.text().hashCode();
            mixed = mixed * 31 + answer.toolCalls().hashCode();
            seats.add(answer.seat());
        }
        Collections.shuffle(seats, new Random(mixed));
        return seats;
    }

    static Step ruled(Ballots ballots, Ruling ruling) {
        Integer winner = ruling.seat();
        if (winner == null) {
            return Nothing.passed(ballots);
        }
        if (!ballots.hasAnswered(winner)) {
            return failed(ballots, "it chose one that is not there");
        }
        String reason = "judge: " + Nothing.shortened(ruling.reason());
        return ballots.settled(Strategy.JUDGE, winner, seat -> seat == winner ? ruling.confidence() : 0, reason);
    }

    static Step merged(Ballots ballots) {
        return ballots.settled(
                Strategy.MERGE, -1, seat -> 0, "made of " + ballots.answers().size() + " answers");
    }

    static Step failed(Ballots ballots, String trouble) {
        return Chain.of(ballots, "judge failed: " + Nothing.shortened(trouble));
    }
}

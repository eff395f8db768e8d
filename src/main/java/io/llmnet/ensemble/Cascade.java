package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest answer that will do, members being asked one after the other, the cheapest first (FrugalGPT: Chen et al. 2023).
 * An answer will do when its confidence, the geometric mean of its tokens' probabilities, reaches the threshold; or, where
 * its server tells none, when it means what an earlier one meant, and then the earlier is taken (agreement instead of
 * confidence: Yue et al. 2023). The last member's answer does in any case. When the last fails, or the time is over, it is
 * the one of the greatest known confidence; where none is known, that of the last who answered.
 */
final class Cascade implements Rule {
    @Override
    public @Nullable Step early(Ballots ballots) {
        Set<Integer> before = new HashSet<>();
        for (Proposal answer : ballots.answers()) {
            Step step = sure(ballots, answer, before);
            if (step != null) {
                return step;
            }
            before.add(answer.seat());
        }
        return null;
    }

    @Override
    public Step last(Ballots ballots) {
        Step early = early(ballots);
        return early == null ? surest(ballots) : early;
    }

    private static @Nullable Step sure(Ballots ballots, Proposal answer, Set<Integer> before) {
        int seat = answer.seat();
        Double confidence = answer.confidence();
        if (confidence != null && confidence >= ballots.terms().confidence()) {
            return settled(ballots, seat, String.format(Locale.ROOT, "confidence %.2f", confidence));
        }
        if (confidence == null) {
            List<Integer> same = ballots.agreeing(seat).stream()
                    .filter(before::contains)
                    .sorted()
                    .toList();
            if (!same.isEmpty()) {
                int first = same.get(0);
                return settled(ballots, first, ballots.name(seat) + " agrees");
            }
        }
        return seat == ballots.seats() - 1 ? settled(ballots, seat, "the last to ask") : null;
    }

    private static Step surest(Ballots ballots) {
        Proposal best = ballots.answers().stream()
                .max(Comparator.comparingDouble(Cascade::points).thenComparingInt(Proposal::seat))
                .orElseThrow();
        return settled(ballots, best.seat(), best.confidence() == null ? "the last to answer" : "the surest that came");
    }

    private static Step settled(Ballots ballots, int winner, String reason) {
        return ballots.settled(Strategy.CASCADE, winner, seat -> points(ballots.answer(seat)), reason);
    }

    private static double points(Proposal answer) {
        Double confidence = answer.confidence();
        return confidence == null ? 0 : confidence;
    }
}

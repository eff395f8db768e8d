package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The meaning behind which the most weight stands, ties by name: weighted majority (Littlestone and Warmuth 1994). A member's
 * weight is what is configured times how well it has done in this council, {@link Standings#of}; where the original halves a
 * weight at each mistake, this one follows the rate of mistakes, so that who gets better regains it. Nobody tells what is right:
 * a win is to agree with the outcome. So weights that grow faster than the win rate would let the heaviest confirm themselves.
 * Where skills p are known, the best weights to configure are their log odds, log(p / (1 - p)) (Nitzan and Paroush 1982).
 *
 * <p>It is decided at once when the weight of those who are silent cannot change which is first.
 */
final class Weighted implements Rule {
    @Override
    public @Nullable Step early(Ballots ballots) {
        List<Group> groups = ranked(ballots);
        double pending = ballots.pending().stream().mapToDouble(ballots::weight).sum();
        boolean isCertain = !groups.isEmpty()
                && Lead.isCertain(
                        groups, Group::weight, pending, ballots.terms().likeness());
        return isCertain ? settled(ballots, groups) : null;
    }

    @Override
    public Step last(Ballots ballots) {
        return settled(ballots, ranked(ballots));
    }

    /** The first is the one of the greatest weight. */
    static List<Group> ranked(Ballots ballots) {
        return ballots.groups(ballots::weight).stream().sorted(Group.BY_WEIGHT).toList();
    }

    static Step settled(Ballots ballots, List<Group> ranked) {
        Group first = ranked.get(0);
        double all = 0;
        for (int seat = 0; seat < ballots.seats(); seat++) {
            all += ballots.weight(seat);
        }
        double total = all;
        String reason = String.format(Locale.ROOT, "weight %.2f of %.2f", first.weight(), total);
        return ballots.settled(Strategy.WEIGHTED, first.speaker(), seat -> share(ballots, seat, total), reason);
    }

    private static double share(Ballots ballots, int seat, double total) {
        return ballots.agreeing(seat).stream().mapToDouble(ballots::weight).sum() / total;
    }
}

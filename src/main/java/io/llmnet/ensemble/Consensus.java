package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of most, if enough of all who were asked agree: the score is the size of the largest group over the members
 * asked, those who failed or are late among them, and must reach the threshold. It is decided at once when it does. When it no
 * longer can, the fallback goes on by its own rule, which may be to wait for more. Without one there is no answer; but all are
 * heard before that is said, since the score is told, and it must be that of all, whoever came first.
 */
final class Consensus implements Rule {
    @Override
    public @Nullable Step early(Ballots ballots) {
        List<Group> groups = Voting.ranked(ballots);
        int most = groups.isEmpty() ? 0 : groups.get(0).size();
        if (isEnough(ballots, most)) {
            return agreed(ballots, groups.get(0));
        }
        Rule fallback = fallback(ballots.terms());
        return fallback == null || isEnough(ballots, reach(ballots, most)) ? null : fallback.early(ballots);
    }

    @Override
    public Step last(Ballots ballots) {
        List<Group> groups = Voting.ranked(ballots);
        if (isEnough(ballots, groups.get(0).size())) {
            return agreed(ballots, groups.get(0));
        }
        Rule fallback = fallback(ballots.terms());
        return fallback == null ? Nothing.agreed(ballots) : fallback.last(ballots);
    }

    /** How many may agree in the end. By likeness, those who are silent may yet make one group of all. */
    private static int reach(Ballots ballots, int most) {
        boolean isExact = ballots.terms().likeness() == Terms.Likeness.EXACT;
        return ballots.pending().size() + (isExact ? most : ballots.answers().size());
    }

    private static @Nullable Rule fallback(Terms terms) {
        Strategy named = terms.fallback();
        return named == null || named == Strategy.CONSENSUS ? null : Rule.of(named);
    }

    private static boolean isEnough(Ballots ballots, int agreeing) {
        return agreeing > 0
                && (double) agreeing / ballots.seats() >= ballots.terms().agreement();
    }

    private static Step agreed(Ballots ballots, Group group) {
        return ballots.settled(
                Strategy.CONSENSUS,
                group.speaker(),
                seat -> (double) ballots.agreeing(seat).size() / ballots.seats(),
                String.format(
                        Locale.ROOT,
                        "%d of %d agree, needed %.3f",
                        group.size(),
                        ballots.seats(),
                        ballots.terms().agreement()));
    }
}

package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meaning that most have given: of the groups the one with the most members, ties by the sum of their configured weights,
 * then by name. Voters that err independently, each right with p above one half, are right together more often than each
 * alone (Condorcet 1785): for n of them, the sum over k &gt; n/2 of C(n,k) p^k (1-p)^(n-k). For answers of one model drawn
 * several times it is self-consistency (Wang et al. 2022).
 *
 * <p>It is decided at once when a group has the quorum, or when no other can come level with it any more. The second is the
 * same group whoever comes first. A quorum of half of the members or less may be reached by two groups: then the one that
 * reaches it first wins, and the same answers in another order may end otherwise. Of a group the answer is that of the
 * member most like the others that have come, so it may differ in wording with the order, never in meaning.
 */
final class Voting implements Rule {
    @Override
    public @Nullable Step early(Ballots ballots) {
        List<Group> groups = ranked(ballots);
        if (groups.isEmpty()) {
            return null;
        }
        Terms terms = ballots.terms();
        boolean isQuorate = terms.quorum() > 0 && groups.get(0).size() >= terms.quorum();
        return isQuorate
                        || Lead.isCertain(groups, Group::size, ballots.pending().size(), terms.likeness())
                ? settled(ballots, groups)
                : null;
    }

    @Override
    public Step last(Ballots ballots) {
        return settled(ballots, ranked(ballots));
    }

    /** The first is the one that most have given. */
    static List<Group> ranked(Ballots ballots) {
        return ballots.groups(ballots::voice).stream().sorted(Group.BY_VOTES).toList();
    }

    static Step settled(Ballots ballots, List<Group> ranked) {
        return ballots.settled(
                Strategy.VOTING,
                ranked.get(0).speaker(),
                seat -> (double) ballots.agreeing(seat).size() / ballots.seats(),
                reason(ballots, ranked));
    }

    private static String reason(Ballots ballots, List<Group> ranked) {
        Group first = ranked.get(0);
        String line = first.size() + " of " + ballots.seats() + " agree";
        if (ranked.size() == 1 || ranked.get(1).size() < first.size()) {
            return line;
        }
        return line + ", as do others; " + (ranked.get(1).weight() < first.weight() ? "by weight" : "by name");
    }
}

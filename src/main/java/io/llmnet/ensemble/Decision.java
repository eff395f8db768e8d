package io.llmnet.ensemble;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a council came to its answer.
 *
 * @param by the strategy that really decided: another than the council's where that one was of no help
 * @param winner the seat whose answer it is; -1 where it is one that the judge made of all
 * @param agreement the size of the largest group of one meaning over the members asked, 0 to 1; NaN where nothing was
 *     compared
 * @param votes of all members, in the order of their seats
 * @param reason why, for people, in a line
 * @param agreeing the seats whose answers mean what the winner's does, it among them; empty where there is no winner
 */
public record Decision(
        Strategy by, int winner, double agreement, List<Vote> votes, String reason, Set<Integer> agreeing) {
    public Decision {
        votes = List.copyOf(votes);
        agreeing = Set.copyOf(agreeing);
    }

    /** One with whose winner nobody agreed. */
    public Decision(Strategy by, int winner, double agreement, List<Vote> votes, String reason) {
        this(by, winner, agreement, votes, reason, winner < 0 ? Set.of() : Set.of(winner));
    }

    /**
     * Whether it was decided as it was to be, by all who were asked: nobody failed or was late, and no other strategy had to
     * do. Where all agree no judge is needed, and who is first needs nobody else.
     */
    public boolean isWhole(Strategy wished) {
        boolean isAsWished = by == wished || agreement >= 1;
        boolean isComplete =
                votes.stream().noneMatch(vote -> vote.end() == Vote.End.FAILED || vote.end() == Vote.End.LATE);
        return wished == Strategy.FASTEST || (isAsWished && isComplete);
    }

    /** The same, with this said before the reason. */
    Decision after(String before) {
        return new Decision(by, winner, agreement, votes, before + "; " + reason, agreeing);
    }

    /**
     * What became of one member.
     *
     * @param score by which it was compared, by the strategy that decided: its group's share of votes or weight, its
     *     confidence, the judge's; 0 where there was nothing to compare
     * @param nanos from asking it to its answer, or its failure; 0 where it was not asked, or not waited for
     * @param trouble why it failed; null when it did not
     */
    public record Vote(
            String seat,
            End end,
            double score,
            long nanos,
            @Nullable String trouble) {
        /** How it went. */
        public enum End {
            ANSWERED,
            FAILED,
            /** It was asked, and the outcome was decided before it had answered. */
            DISMISSED,
            /** It was asked, and silent when the time was over that the members have. */
            LATE,
            UNASKED
        }
    }
}

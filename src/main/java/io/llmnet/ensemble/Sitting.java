package io.llmnet.ensemble;

import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Move.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks all at once, or one after the other where the strategy hopes to need no more than one, and has the strategy's rule
 * look at what has come each time something does.
 */
final class Sitting implements Deliberation {
    private final Ballots ballots;
    private final Rule rule;
    private final boolean asksAll;
    private final @Nullable Duration patience;

    Sitting(Council council, Standings standings) {
        this.ballots = new Ballots(council, standings);
        this.rule = Rule.of(council.strategy());
        this.asksAll = council.strategy() != Strategy.FASTEST && council.strategy() != Strategy.CASCADE;
        this.patience = council.strategy() == Strategy.FASTEST ? council.terms().hedgeAfter() : null;
    }

    @Override
    public Move begin() {
        return asksAll ? asking(ballots.those(End.UNASKED)) : next();
    }

    @Override
    public Move heard(Proposal proposal) {
        ballots.answered(proposal);
        return after();
    }

    @Override
    public Move failed(int seat, String trouble, long nanos) {
        ballots.failed(seat, trouble, nanos);
        return after();
    }

    @Override
    public Move woken() {
        return next();
    }

    @Override
    public Move late() {
        ballots.late();
        return Move.ending(last());
    }

    @Override
    public Move ruled(Ruling ruling) {
        return Move.ending(Judged.ruled(ballots, ruling));
    }

    @Override
    public Move merged() {
        return Move.ending(Judged.merged(ballots));
    }

    @Override
    public Move judgeFailed(String trouble) {
        return Move.ending(Judged.failed(ballots, trouble));
    }

    private Move after() {
        Step early = rule.early(ballots);
        if (early != null) {
            return Move.ending(early);
        }
        return ballots.pending().isEmpty() && ballots.those(End.UNASKED).isEmpty() ? Move.ending(last()) : next();
    }

    /** The next is asked, where there is one; else those who are asked are waited for. */
    private Move next() {
        return asking(ballots.those(End.UNASKED).stream().limit(1).toList());
    }

    private Move asking(List<Integer> seats) {
        seats.forEach(ballots::asked);
        return Move.asking(seats, ballots.those(End.UNASKED).isEmpty() ? null : patience);
    }

    private Step last() {
        return ballots.answers().isEmpty() ? Nothing.of(ballots) : rule.last(ballots);
    }
}

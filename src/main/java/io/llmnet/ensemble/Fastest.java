package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first answer; of several that are there already, the one that took the least time, then by name. The next member is
 * asked when the one before it is silent for a while, or has failed (hedged requests: Dean and Barroso 2013, "The tail at
 * scale").
 */
final class Fastest implements Rule {
    @Override
    public @Nullable Step early(Ballots ballots) {
        return ballots.answers().isEmpty() ? null : last(ballots);
    }

    @Override
    public Step last(Ballots ballots) {
        List<Proposal> answers = ballots.answers();
        return of(ballots, answers.size() == 1 ? "the first answer" : "the fastest of " + answers.size());
    }

    static Step of(Ballots ballots, String reason) {
        int winner = ballots.answers().stream()
                .min(Comparator.comparingLong(Proposal::nanos).thenComparing(one -> ballots.name(one.seat())))
                .orElseThrow()
                .seat();
        return ballots.settled(Strategy.FASTEST, winner, seat -> 0, reason);
    }
}

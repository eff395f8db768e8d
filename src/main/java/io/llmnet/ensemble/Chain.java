package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import java.util.List;

/**
 * What decides where a judge is of no help: the fallback, VOTING when none is named, or one that cannot, since it is there for
 * CONSENSUS and the request wants another strategy; and each that finds no winner leaves it to
 * the next of VOTING, WEIGHTED, FASTEST. VOTING finds one where two agree, or nobody differs; WEIGHTED where no other group has
 * the same weight; FASTEST always.
 */
final class Chain {
    private Chain() {}

    /** Decided so, because of this. */
    static Step of(Ballots ballots, String why) {
        Strategy first = ballots.terms().fallback();
        Step step = from(first == null ? Strategy.VOTING : first, ballots);
        return step instanceof Step.Settled settled
                ? new Step.Settled(settled.decision().after(why))
                : step;
    }

    private static Step from(Strategy first, Ballots ballots) {
        return switch (first) {
            case FASTEST -> new Fastest().last(ballots);
            case WEIGHTED -> weighted(ballots);
            case VOTING, CONSENSUS, JUDGE, MERGE, CASCADE -> voting(ballots);
        };
    }

    private static Step voting(Ballots ballots) {
        List<Group> groups = Voting.ranked(ballots);
        boolean decides = groups.size() == 1 || groups.get(0).size() > 1;
        return decides ? Voting.settled(ballots, groups) : weighted(ballots);
    }

    private static Step weighted(Ballots ballots) {
        List<Group> groups = Weighted.ranked(ballots);
        boolean decides =
                groups.size() == 1 || groups.get(0).weight() > groups.get(1).weight();
        return decides ? Weighted.settled(ballots, groups) : new Fastest().last(ballots);
    }
}

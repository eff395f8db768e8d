package io.llmnet.ensemble;

import io.llmnet.ensemble.Move.Step;
import org.jspecify.annotations.Nullable;

/** By what a strategy decides. Holds nothing of a sitting. */
interface Rule {
    /** What is decided before all who are asked have spoken; null where it is too early. */
    @Nullable
    Step early(Ballots ballots);

    /** What those decide who have answered, at least one, when nobody else will. */
    Step last(Ballots ballots);

    /** That of a strategy. */
    static Rule of(Strategy strategy) {
        return switch (strategy) {
            case FASTEST -> new Fastest();
            case VOTING -> new Voting();
            case WEIGHTED -> new Weighted();
            case CONSENSUS -> new Consensus();
            case JUDGE -> new Judged(Step.Consult::new);
            case MERGE -> new Judged(Step.Merge::new);
            case CASCADE -> new Cascade();
        };
    }
}

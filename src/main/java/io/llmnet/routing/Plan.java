package io.llmnet.routing;

import java.util.List;

/**
 * Who is to be asked, best first.
 *
 * @param candidates at least one
 */
public record Plan(List<Candidate> candidates) {
    public Plan {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a plan without candidates");
        }
    }

    public static Plan of(Candidate only) {
        return new Plan(List.of(only));
    }
}

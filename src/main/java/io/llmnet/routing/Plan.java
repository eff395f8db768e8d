package io.llmnet.routing;

import java.util.List;

/**
 * Who is to be asked, best first.
 *
 * @param candidates at least one
 * @param model what was asked for, once aliases are resolved; empty where a pipeline's file named the server
 * @param exclusions who has the model and is not to be asked, and why
 */
public record Plan(List<Candidate> candidates, String model, List<Exclusion> exclusions) implements Decision {
    public Plan {
        candidates = List.copyOf(candidates);
        exclusions = List.copyOf(exclusions);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("a plan without candidates");
        }
    }

    /** A plan in which nobody has to choose. */
    public static Plan of(Candidate only) {
        return new Plan(List.of(only), "", List.of());
    }

    public Candidate first() {
        return candidates.get(0);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.plan(this);
    }
}

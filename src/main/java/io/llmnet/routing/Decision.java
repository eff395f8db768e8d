package io.llmnet.routing;

/** What routing says to a request: whom to ask, or why nobody. */
public sealed interface Decision permits Plan, NoPlan {
    /** Hands this to the case that fits. */
    <R> R match(Cases<R> cases);

    /** What can be decided. */
    interface Cases<R> {
        R plan(Plan plan);

        R noPlan(NoPlan none);
    }
}

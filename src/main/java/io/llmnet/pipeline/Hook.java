package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * One call of a function around a node.
 *
 * @param function the function's name in the file
 * @param mode whether the run waits for what it brings
 * @param abortsOnFailure whether the request fails when the function does
 * @param condition when it is called; null for always
 * @param set the variable that takes what a transforming function brings, instead of the node's text; null for the text
 */
public record Hook(
        String function,
        Mode mode,
        boolean abortsOnFailure,
        @Nullable Condition condition,
        @Nullable String set) {

    /** What a hook does to a run. */
    public enum Mode {
        /** Nothing: it looks on, and nobody waits for it. */
        OBSERVE,
        /** What its function brings takes the place of the text. */
        TRANSFORM
    }
}

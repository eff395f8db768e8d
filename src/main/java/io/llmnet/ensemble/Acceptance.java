package io.llmnet.ensemble;

import org.jspecify.annotations.Nullable;

/** Says whether an answer will do. */
@FunctionalInterface
public interface Acceptance {
    /** Whatever says anything. */
    Acceptance ANYTHING = text -> text.isBlank() ? "the answer is empty" : null;

    /**
     * What is wrong with an answer that calls no tools, for the model to mend it: one that is objected to is asked for once
     * more, and does not count when it is no better then. Null when it will do.
     */
    @Nullable
    String objection(String text);
}

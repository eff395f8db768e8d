package io.llmnet.pipeline;

/** A condition of a node's {@code if}, compiled. Its text, as the user wrote it, is its {@code toString}. */
public interface Condition {
    boolean holds(Variables variables);
}

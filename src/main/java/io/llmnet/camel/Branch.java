package io.llmnet.camel;

import org.jspecify.annotations.Nullable;

/**
 * One way that a fan-out took.
 *
 * @param run the run in that branch, as far as it came
 * @param failure why it brought nothing, null when it did
 */
record Branch(Run run, @Nullable Exception failure) {
    boolean hasSpoken() {
        return failure == null && run.said() != null;
    }

    /** The node asked. */
    String name() {
        return run.at() == null ? "?" : run.at().name();
    }
}

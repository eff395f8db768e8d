package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/** Values by name, without the {@code $}; null for one that is not set. Headers' names come in lower case. */
@FunctionalInterface
public interface Variables {
    @Nullable
    String valueOf(String name);

    /** The value as a number; NaN when it is none, or not set. */
    default double numberOf(String name) {
        String value = valueOf(name);
        return value == null ? Double.NaN : Figure.of(value);
    }
}

package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/** Values by name, without the {@code $}; null for one that is not set. */
@FunctionalInterface
public interface Variables {
    @Nullable
    String valueOf(String name);
}

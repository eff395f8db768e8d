package io.llmnet.dispatch;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is behind a failed stage. */
final class Failures {
    private Failures() {}

    static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.llmnet.http.page;

/** What is at one path, for one method. */
@FunctionalInterface
interface Page {
    /** Answers, now or later; may throw a {@link io.llmnet.fault.ChatException}, which is told to the caller. */
    void show(Visit visit);
}

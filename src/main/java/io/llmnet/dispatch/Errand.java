package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import java.util.concurrent.Executor;

/**
 * What is done for whom.
 *
 * @param home the caller's thread, on which all of it happens
 * @param deadline when all attempts together must be over
 * @param cancel fires when the caller is gone
 * @param stream whether the answer shall come as it is made
 * @param priority who goes first while all are busy
 * @param attempts is told what is tried
 */
public record Errand(
        Executor home, Deadline deadline, Cancel cancel, boolean stream, Priority priority, Attempts attempts) {
    /** Who goes first. */
    public enum Priority {
        HIGH,
        NORMAL,
        LOW
    }

    /** What follows from the question itself. */
    static Errand of(Ask ask) {
        return new Errand(ask.home(), ask.deadline(), ask.cancel(), ask.stream(), Priority.NORMAL, Attempts.UNTOLD);
    }
}

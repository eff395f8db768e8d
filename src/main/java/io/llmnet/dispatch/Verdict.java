package io.llmnet.dispatch;

import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the end of an attempt means. */
enum Verdict {
    /** The caller gets it. */
    GOOD,
    /** The caller's mistake, wherever it is asked: the caller gets it. */
    WRONG,
    /** It was not asked at all: the request cannot be put into its language. */
    UNSAYABLE,
    /** This backend does not do it, another may: a key that it refuses, a model that it has lost. */
    ELSEWHERE,
    /** The backend is busy, and said so. */
    BUSY,
    /** The backend has failed. */
    FAILED,
    /** Nobody wants to know any more: the caller is gone. */
    GONE;

    private static final int TOO_MANY = 429;

    static Verdict of(@Nullable Answer answer, @Nullable Throwable failure) {
        return answer == null ? ofFailure(failure) : ofStatus(answer.status());
    }

    private static Verdict ofStatus(int status) {
        if (status / 100 == 2) {
            return GOOD;
        }
        return switch (status) {
            case TOO_MANY -> BUSY;
            case 401, 402, 403, 404 -> ELSEWHERE;
            case 408, 409, 425 -> FAILED;
            default -> status >= 500 ? FAILED : WRONG;
        };
    }

    private static Verdict ofFailure(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof ChatException chat)) {
            return FAILED;
        }
        if (chat.fault() == Fault.CANCELLED) {
            return GONE;
        }
        return chat.fault().blame() == Fault.Blame.CALLER ? UNSAYABLE : FAILED;
    }

    /** Whether nobody else needs to be asked. */
    boolean isFinal() {
        return this == GOOD || this == WRONG || this == GONE;
    }

    /** Whether the same backend may do better in a moment. */
    boolean mayPass() {
        return this == BUSY || this == FAILED;
    }
}

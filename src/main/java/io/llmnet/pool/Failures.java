package io.llmnet.pool;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures in LLM Pool's words. */
final class Failures {
    private static final Logger LOGGER = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static ChatException of(@Nullable Throwable failure, Order order) {
        Throwable cause = cause(failure);
        if (!(cause instanceof ChatException known)) {
            LOGGER.error(
                    "task={} failed in a way that nobody foresaw",
                    order.council().name(),
                    cause);
            return new ChatException(
                    Fault.INTERNAL, "the server failed in a way that nobody foresaw; its log tells more", cause);
        }
        if (known.fault() == Fault.TIMED_OUT) {
            return late(order);
        }
        return known.fault() == Fault.NO_BACKEND
                ? new ChatException(Fault.NO_BACKEND, "Ensemble error: All providers failed", known)
                        .with(known.details())
                : known;
    }

    static ChatException late(Order order) {
        return new ChatException(
                Fault.TIMED_OUT, "Deadline exceeded: " + order.time().toMillis() + "ms");
    }

    static Fault fault(Throwable failure) {
        return cause(failure) instanceof ChatException known ? known.fault() : Fault.INTERNAL;
    }

    /** Whether somebody had no more time for it, or has left. */
    static boolean isGivenUp(Throwable failure) {
        Fault fault = fault(failure);
        return fault == Fault.TIMED_OUT || fault == Fault.CANCELLED;
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

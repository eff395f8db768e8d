package io.llmnet.pool;

import java.util.concurrent.CompletionStage;

/** Has tasks done. */
public interface Pool {
    /**
     * Has a task done; to be called on the query's home, where it completes, too. Fails with a
     * {@link io.llmnet.fault.ChatException}: BAD_REQUEST what may not be asked for, NO_BACKEND when all models failed,
     * NO_AGREEMENT, ANSWERS_REJECTED, TIMED_OUT, CANCELLED.
     */
    CompletionStage<Inference> infer(Query query);

    /** How those are who do the tasks; from any thread, at once. */
    Health health();
}

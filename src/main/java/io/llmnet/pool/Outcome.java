package io.llmnet.pool;

import io.llmnet.ensemble.Decision;
import io.llmnet.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How one request has ended that was not refused.
 *
 * @param task the name of its council, of which there are as many as the settings have
 * @param strategy that decided, {@link Inference#CACHE}, or that was to decide
 * @param seat whose answer it is; empty where there is none, or nobody's alone
 * @param model whose answer it is; empty where that is not known
 * @param decision null where nobody was asked, or none was come to
 * @param fault null where it went well
 */
public record Outcome(
        String requestId,
        @Nullable String tenant,
        @Nullable String project,
        String task,
        String strategy,
        String seat,
        String model,
        long nanos,
        @Nullable Decision decision,
        @Nullable Fault fault) {}

package io.llmnet.pool;

import io.llmnet.chat.Cancel;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A task to be done, as a client asks for it; whether it may be is found out by {@link Pool}.
 *
 * @param caller who asks; nobody else gets what he was told
 * @param requestId the client's own; the same within a while has the same answer. Null for none
 * @param tenant whose answers nobody else gets; null for the one without a name
 * @param project of the tenant
 * @param prompt for the models; or the input of the task's template, as a JSON object
 * @param maxTokens of the answer; null for the profile's, else the usual
 * @param deadline from now on; null or zero for the profile's, the task's, else the usual
 * @param strategy null for the profile's, else the task's own
 * @param profile null for none
 * @param cancel fires when the client is gone
 * @param home the client's thread, where {@link Pool#infer} is called and completes
 */
public record Query(
        Caller caller,
        @Nullable String requestId,
        @Nullable String tenant,
        @Nullable String project,
        String task,
        String prompt,
        @Nullable Integer maxTokens,
        @Nullable Duration deadline,
        @Nullable Strategy strategy,
        @Nullable Profile profile,
        Cancel cancel,
        Executor home) {}

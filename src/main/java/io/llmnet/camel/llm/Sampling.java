package io.llmnet.camel.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a plain prompt is asked.
 *
 * @param system the system prompt
 * @param temperature of sampling, null for the server's own
 * @param maxTokens at most this many tokens, null for the server's own limit
 * @param timeout of the whole answer
 */
record Sampling(
        @Nullable String system,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        Duration timeout) {}

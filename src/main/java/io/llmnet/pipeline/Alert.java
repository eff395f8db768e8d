package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What an alert says, and to whom.
 *
 * @param url the WebSocket server that is told; null where only clients that have come to us are
 * @param inbound whether clients that have connected to {@code /ws/alerts/{pipeline}} are told
 * @param body what is said; null for the standard form
 */
public record Alert(
        @Nullable String url, boolean inbound, @Nullable Template body) {}

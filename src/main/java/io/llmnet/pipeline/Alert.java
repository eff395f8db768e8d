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
        @Nullable String url, boolean inbound, @Nullable Template body) {
    /** Without the address, in which tokens stand, so that it can be logged. */
    @Override
    public String toString() {
        return "Alert[" + (url == null ? "" : "to a server") + (inbound ? " to clients" : "") + "]";
    }
}

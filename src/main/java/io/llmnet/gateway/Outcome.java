package io.llmnet.gateway;

import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.registry.Zone;
import org.jspecify.annotations.Nullable;

/**
 * How one request through the gateway went, told once it is over, a stream when its last byte was passed on.
 *
 * @param id the request's id
 * @param dialect which endpoint was asked
 * @param asked the model that the caller named
 * @param model the model that answered, or would have: after aliases and fallbacks
 * @param backend who answered; null when nobody did
 * @param kind the profile of who answered; null when nobody did
 * @param zone of who answered; null when nobody did
 * @param status of HTTP, as the caller saw it; 499 when the caller left
 * @param error what went wrong in one word, our fault's code or the status; null when nothing did
 * @param message what went wrong, for people; null when nothing did
 * @param startMillis when it came, in milliseconds since 1970
 * @param nanos how long it took
 * @param firstNanos how long until its first piece; 0 when there was none
 * @param usage what it used, as far as that is known
 * @param cost of that; 0 where there is no price
 * @param attempts backends asked, repeats and hedges included
 * @param hedges how many of these were hedges
 * @param reason why this backend, as routing said it
 * @param fallbackFor the model that was asked for, where another stood in for it; else null
 */
public record Outcome(
        String id,
        Call.Dialect dialect,
        boolean stream,
        String asked,
        String model,
        @Nullable String backend,
        @Nullable String kind,
        @Nullable Zone zone,
        int status,
        @Nullable String error,
        @Nullable String message,
        long startMillis,
        long nanos,
        long firstNanos,
        Usage usage,
        double cost,
        int attempts,
        int hedges,
        String reason,
        @Nullable String fallbackFor) {
    public boolean isOk() {
        return status / 100 == 2;
    }
}

package io.llmnet.routing;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants of the gateway.
 *
 * @param model the name that the caller used
 * @param strictness whether a model of a lower tier than a policy wants will do
 * @param conversation the same for all requests of one conversation, so that they find the backend that remembers its
 *     beginning; 0 where it cannot be told
 * @param backend the only one that will do; null for any
 */
public record Wish(
        String model,
        Needs needs,
        Strictness strictness,
        long conversation,
        @Nullable String backend) {
    /** One that any backend may fulfil. */
    public Wish(String model, Needs needs, Strictness strictness, long conversation) {
        this(model, needs, strictness, conversation, null);
    }

    /** Who says whether a lower tier will do. */
    public enum Strictness {
        /** The policy. */
        POLICY,
        /** The caller: it will not. */
        STRICT,
        /** The caller: it will. */
        FLEXIBLE
    }
}

package io.llmnet.routing;

import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import org.jspecify.annotations.Nullable;

/** Holds what a request needs against what a model can do; what nobody knows is no reason to refuse. */
final class Abilities {
    /** What a model may lack, in words. */
    enum Lack {
        EMBEDDINGS("makes no vectors", "ask a model for embeddings"),
        CHAT("makes vectors and does not chat", "ask a chat model"),
        VISION("sees no images", "leave the images out, or ask a model that sees"),
        TOOLS("calls no tools", "leave the tools out, or ask a model that calls them"),
        JSON("cannot be held to JSON", "leave response_format out, or ask a model that can"),
        CONTEXT(
                "is too small for the request",
                "send less, ask for fewer tokens, or ask a model with a larger context");

        private final String words;
        private final String mend;

        Lack(String words, String mend) {
            this.words = words;
            this.mend = mend;
        }

        String words() {
            return words;
        }

        String mend() {
            return mend;
        }
    }

    private Abilities() {}

    /** The first thing that the model lacks; null when nothing is known to be wanting. */
    static @Nullable Lack lack(Needs needs, Capabilities can) {
        if (needs.embeddings()) {
            if (can.embeddings() == Ability.NO) {
                return Lack.EMBEDDINGS;
            }
        } else if (can.embeddings() == Ability.YES) {
            return Lack.CHAT;
        }
        if (needs.vision() && can.vision() == Ability.NO) {
            return Lack.VISION;
        }
        if (needs.tools() && can.tools() == Ability.NO) {
            return Lack.TOOLS;
        }
        if (needs.json() && can.json() == Ability.NO) {
            return Lack.JSON;
        }
        boolean tooLong = can.contextTokens() > 0 && wanted(needs) > can.contextTokens();
        return tooLong ? Lack.CONTEXT : null;
    }

    /** Tokens of the request and the longest answer to it. */
    static long wanted(Needs needs) {
        return (long) needs.promptTokens() + needs.maxTokens();
    }
}

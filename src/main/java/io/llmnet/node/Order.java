package io.llmnet.node;

import io.llmnet.node.Engine.Turn;
import java.util.List;

/**
 * What a request wants, checked.
 *
 * @param turns the conversation; only of a chat
 * @param prompts texts to go on with, one answer each; none of a chat
 * @param echo whether the prompt goes before the answer
 */
record Order(
        Kind kind,
        List<Turn> turns,
        List<String> prompts,
        Sampling sampling,
        List<String> stops,
        boolean stream,
        boolean includeUsage,
        boolean echo) {

    /** Which endpoint was asked, so which shape the answer has. */
    enum Kind {
        CHAT,
        COMPLETION,
        GENERATE
    }

    Order {
        turns = List.copyOf(turns);
        prompts = List.copyOf(prompts);
        stops = List.copyOf(stops);
    }
}

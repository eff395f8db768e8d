package io.llmnet.ensemble;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one member answered, as far as deciding needs it.
 *
 * @param seat its place in the council, from 0
 * @param text the words; empty where it only called tools
 * @param json the same as canonical JSON (keys in order, no space, plain numbers), where the words are an object or an array
 * @param toolCalls the tools that it calls, each canonical: {@code name({"a":1})}; in its order
 * @param vector of the text, where {@link Terms.Likeness#EMBEDDING} is wanted
 * @param confidence 0 to 1, the geometric mean of its tokens' probabilities; null where the server tells none
 * @param nanos from asking to the whole answer
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Proposal(
        int seat,
        String text,
        @Nullable String json,
        List<String> toolCalls,
        float @Nullable [] vector,
        @Nullable Double confidence,
        long nanos) {
    public Proposal {
        toolCalls = List.copyOf(toolCalls);
    }

    /** Plain words. */
    public static Proposal of(int seat, String text) {
        return new Proposal(seat, text, null, List.of(), null, null, 0);
    }
}

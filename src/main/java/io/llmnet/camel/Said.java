package io.llmnet.camel;

import org.jspecify.annotations.Nullable;

/**
 * What a model said, or several.
 *
 * @param text the words, the next node's input
 * @param completion the whole answer as the backend gave it, null where the words come from several
 * @param bySeveral whether these are the answers of several models; whoever gets them needs the question too
 * @param given what was asked for it; null for the question itself
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Said(
        String text,
        byte @Nullable [] completion,
        boolean bySeveral,
        @Nullable String given) {
    /** What the next node is asked. */
    public String prompt(String question) {
        return bySeveral ? question + "\n\nAnswers of several models to this:\n\n" + text : text;
    }
}

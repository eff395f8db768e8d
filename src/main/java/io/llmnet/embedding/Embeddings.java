package io.llmnet.embedding;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What turns texts into vectors. */
public interface Embeddings {
    /** Of a longer text only the start counts: about what the usual models can take. */
    int LONGEST_TEXT = 1000;

    /**
     * The vectors of texts, in their order; never blocks.
     *
     * @param texts none of them blank
     * @return fails with a {@link io.llmnet.fault.ChatException}; completes on any thread
     */
    CompletionStage<List<float[]>> embed(List<String> texts, Errand errand);

    /** As much of a text as counts. */
    static String start(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, splits ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }
}

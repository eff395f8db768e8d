package io.llmnet.node;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What turns a prompt into tokens: llama.cpp, or a script in tests. Safe from several threads; as many generations at once
 * as the node has slots.
 */
interface Engine extends AutoCloseable {
    /** One message of a conversation. */
    record Turn(String role, String text) {}

    /**
     * What came next: whole characters only.
     *
     * @param tokens how many tokens made it; 0 while the prompt is still being read, or when a character is not whole yet
     */
    record Piece(String text, int tokens) {
        static final Piece NOTHING_YET = new Piece("", 0);
    }

    /** Tokens that one request may use, prompt and answer together. */
    int context();

    /** The conversation in the model's own template, up to where the assistant begins to speak. */
    String prompt(List<Turn> turns);

    /** How many tokens the model makes of this prompt, its own opening token included. */
    int tokens(String prompt);

    /** Begins; the prompt and {@link Sampling#maxTokens} must fit the context. */
    Generation generate(String prompt, Sampling sampling);

    @Override
    void close();

    /** One answer as it comes. Used and closed by one thread; closing it early stops the work and frees the slot. */
    interface Generation extends AutoCloseable {
        /** Waits for the next piece; null after the last. */
        @Nullable
        Piece next();

        /** After the last piece: whether the model ended by itself, and not for want of tokens. */
        boolean isFinished();

        @Override
        void close();
    }
}

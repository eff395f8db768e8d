package io.llmnet.protocol.ollama;

import io.llmnet.chat.Demand;

/**
 * How much room a request needs. Ollama gives a model 4,096 tokens where nobody says otherwise, and silently forgets the
 * beginning of what is longer; but another size means that it loads the model anew, so sizes are powers of two.
 */
public final class OllamaContext {
    private static final int USUAL = 4096;
    private static final int MOST = 131_072;
    private static final int ANSWER = 1024;
    private static final int IMAGES = 2048;
    /** Estimates of tokens by length are often too low. */
    private static final double CAUTION = 1.3;

    private OllamaContext() {}

    /** Tokens to ask for; 0 where the usual ones will do. A larger size than the model's own is cut by Ollama. */
    public static int of(Demand demand) {
        double tokens = CAUTION * demand.promptTokens()
                + (demand.maxTokens() > 0 ? demand.maxTokens() : ANSWER)
                + (demand.vision() ? IMAGES : 0);
        if (tokens <= USUAL) {
            return 0;
        }
        int room = USUAL;
        while (room < tokens && room < MOST) {
            room *= 2;
        }
        return room;
    }
}

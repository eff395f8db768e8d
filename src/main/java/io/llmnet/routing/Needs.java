package io.llmnet.routing;

/**
 * What a request needs of a model.
 *
 * @param promptTokens as estimated from its text
 * @param maxTokens the most that it wants to be told; 0 where it does not say
 * @param vision whether it shows images
 * @param tools whether it brings tools
 * @param json whether the answer must be JSON
 * @param embeddings whether it wants vectors
 */
public record Needs(int promptTokens, int maxTokens, boolean vision, boolean tools, boolean json, boolean embeddings) {
    public static final Needs NONE = new Needs(0, 0, false, false, false, false);

    public Needs {
        if (promptTokens < 0 || maxTokens < 0) {
            throw new IllegalArgumentException("negative number of tokens");
        }
    }
}

package io.llmnet.registry;

/**
 * What a model can do. What nobody knows is no reason to refuse.
 *
 * @param contextTokens most tokens of prompt and answer together; 0 where nobody knows
 * @param maxOutputTokens most tokens of an answer; 0 where nobody knows
 * @param vision whether it sees images
 * @param tools whether it calls tools
 * @param json whether it can be held to JSON
 * @param embeddings whether it makes vectors; {@code YES} is no chat model
 * @param reasoning whether it thinks before it speaks
 */
public record Capabilities(
        int contextTokens,
        int maxOutputTokens,
        Ability vision,
        Ability tools,
        Ability json,
        Ability embeddings,
        Ability reasoning) {
    public static final Capabilities UNKNOWN =
            new Capabilities(0, 0, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN);

    public Capabilities {
        if (contextTokens < 0 || maxOutputTokens < 0) {
            throw new IllegalArgumentException("negative number of tokens");
        }
    }

    /** These, and where they know nothing, what {@code others} know. */
    public Capabilities or(Capabilities others) {
        return new Capabilities(
                contextTokens > 0 ? contextTokens : others.contextTokens,
                maxOutputTokens > 0 ? maxOutputTokens : others.maxOutputTokens,
                vision.or(others.vision),
                tools.or(others.tools),
                json.or(others.json),
                embeddings.or(others.embeddings),
                reasoning.or(others.reasoning));
    }
}

package io.llmnet.chat;

/**
 * What a request demands of whoever answers it, as far as its bytes tell at a glance.
 *
 * @param promptTokens what is to be read, roughly: at four bytes of text a token; of several prompts or inputs the longest,
 *     as each is read by itself; images and files count nothing
 * @param maxTokens the most that shall be written; 0 where it does not say
 * @param vision whether it shows images
 * @param tools whether it brings tools
 * @param json whether the answer must be JSON
 * @param conversation the same for all requests of one conversation: made of what the system and the user say first, and
 *     of {@code user}; 0 where it cannot be told
 */
public record Demand(int promptTokens, int maxTokens, boolean vision, boolean tools, boolean json, long conversation) {
    public static final Demand NONE = new Demand(0, 0, false, false, false, 0);
}

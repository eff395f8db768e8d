package io.llmnet.registry;

/**
 * What a model costs, in the currency of all prices.
 *
 * @param prompt per million tokens that it reads
 * @param completion per million tokens that it writes
 */
public record Price(double prompt, double completion) {
    public Price {
        if (!(prompt >= 0) || !(completion >= 0)) {
            throw new IllegalArgumentException("a price below nothing");
        }
    }

    /** What so many tokens cost. */
    public double of(long promptTokens, long completionTokens) {
        return (promptTokens * prompt + completionTokens * completion) / 1_000_000;
    }
}

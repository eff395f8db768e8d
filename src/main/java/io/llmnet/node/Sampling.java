package io.llmnet.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are chosen. Ranges are checked where requests are read.
 *
 * @param maxTokens how many at most
 * @param seed null for chance
 * @param bias added to the logits, by token
 * @param grammar GBNF that the text must follow; only our own, as llama.cpp drops a faulty one without a word
 */
record Sampling(
        int maxTokens,
        double temperature,
        double topP,
        int topK,
        double minP,
        double repeatPenalty,
        double frequencyPenalty,
        double presencePenalty,
        @Nullable Integer seed,
        Map<Integer, Float> bias,
        @Nullable String grammar) {

    Sampling {
        bias = Map.copyOf(bias);
    }

    Sampling withAtMost(int tokens) {
        return tokens >= maxTokens
                ? this
                : new Sampling(
                        tokens,
                        temperature,
                        topP,
                        topK,
                        minP,
                        repeatPenalty,
                        frequencyPenalty,
                        presencePenalty,
                        seed,
                        bias,
                        grammar);
    }
}

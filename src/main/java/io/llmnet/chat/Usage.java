package io.llmnet.chat;

/**
 * Tokens that model calls have used, as the backends counted them.
 *
 * @param cachedTokens share of {@code promptTokens} that came from the backend's cache
 * @param reasoningTokens share of {@code completionTokens} spent on reasoning
 */
public record Usage(long promptTokens, long completionTokens, long cachedTokens, long reasoningTokens) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public Usage {
        if (promptTokens < 0 || completionTokens < 0 || cachedTokens < 0 || reasoningTokens < 0) {
            throw new IllegalArgumentException("negative token count");
        }
    }

    public static Usage of(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens, 0, 0);
    }

    public Usage plus(Usage other) {
        return new Usage(
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                cachedTokens + other.cachedTokens,
                reasoningTokens + other.reasoningTokens);
    }

    /** What is left of it without a part of it. */
    public Usage minus(Usage part) {
        return new Usage(
                Math.max(0, promptTokens - part.promptTokens),
                Math.max(0, completionTokens - part.completionTokens),
                Math.max(0, cachedTokens - part.cachedTokens),
                Math.max(0, reasoningTokens - part.reasoningTokens));
    }

    public long totalTokens() {
        return promptTokens + completionTokens;
    }

    public boolean isNone() {
        return totalTokens() == 0;
    }
}

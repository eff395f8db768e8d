package io.llmnet.protocol.anthropic;

import java.util.regex.Pattern;

/**
 * What Anthropic's models take, as far as their names tell; a model of another name, on a server that mimics Anthropic, is
 * taken for an early one.
 *
 * @param mostTokens that an answer may have where the caller does not say; Anthropic wants a number
 * @param isAdaptive whether it takes an effort, and decides itself how long to think; older ones take a number of tokens
 * @param isSampled whether it takes a temperature and the like; the newest refuse them
 */
record Claude(int mostTokens, boolean isAdaptive, boolean isSampled) {
    private static final Pattern FIRST =
            Pattern.compile("claude-3-(opus|sonnet|haiku).*|claude-[12].*|claude-instant.*");
    private static final Pattern SECOND = Pattern.compile("claude-3-5.*");
    private static final Pattern ADAPTIVE = Pattern.compile("claude-[a-z]+-(4-[6-9]|[5-9])(\\D.*)?");
    private static final Pattern UNSAMPLED = Pattern.compile("claude-[a-z]+-(4-[7-9]|[5-9])(\\D.*)?");

    static Claude of(String model) {
        boolean isAdaptive = ADAPTIVE.matcher(model).matches();
        return new Claude(
                mostTokens(model), isAdaptive, !UNSAMPLED.matcher(model).matches());
    }

    private static int mostTokens(String model) {
        if (FIRST.matcher(model).matches()) {
            return 4096;
        }
        boolean isOther = !model.startsWith("claude-");
        return isOther || SECOND.matcher(model).matches() ? 8192 : 32_000;
    }
}

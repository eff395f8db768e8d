package io.llmnet.council;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.ensemble.Strategy;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what decides where a strategy cannot. */
public final class Fallback {
    private Fallback() {}

    /**
     * The fallback at a key.
     *
     * @param strategy whose it is; one that needs none may name any
     * @return null when there is none, or none that can be used, which is a problem by then
     */
    public static @Nullable Strategy read(Section section, String key, Strategy strategy) {
        Strategy fallback = Choice.read(section, key, Strategy.class);
        if (fallback == null
                || strategy.fallbacks().isEmpty()
                || strategy.fallbacks().contains(fallback)) {
            return fallback;
        }
        section.error(
                key,
                fallback == strategy
                        ? "is the strategy itself; take it out, or name another"
                        : fallback.word() + " cannot decide in place of " + strategy.word() + "; use one of "
                                + strategy.fallbacks().stream()
                                        .map(Strategy::word)
                                        .collect(Collectors.joining(", ")));
        return null;
    }
}

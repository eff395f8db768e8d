package io.llmnet.ensemble;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Sets of choices that go well together, by name; what is said beside one goes before it. */
public enum Profile {
    /** The first answer, and soon. */
    FAST_LOW(Strategy.FASTEST, 700, 128),
    /** A judge, within LLM Pool's usual time. */
    JUDGE_MID(Strategy.JUDGE, 1500, 256),
    /** A judge who may take his time. */
    QUALITY_HIGH(Strategy.JUDGE, 10_000, 1024),
    /** The cheap one first. */
    COST_SAVER(Strategy.CASCADE, 5000, 256),
    /** What most agree on. */
    ROBUST(Strategy.CONSENSUS, 5000, 256);

    private final Strategy strategy;
    private final Duration deadline;
    private final int maxTokens;

    Profile(Strategy strategy, long deadlineMillis, int maxTokens) {
        this.strategy = strategy;
        this.deadline = Duration.ofMillis(deadlineMillis);
        this.maxTokens = maxTokens;
    }

    public Strategy strategy() {
        return strategy;
    }

    public Duration deadline() {
        return deadline;
    }

    public int maxTokens() {
        return maxTokens;
    }

    /** The profile of a name, in any case and with {@code -} or {@code _}; empty when there is none. */
    public static Optional<Profile> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Profile profile : values()) {
            if (profile.name().equals(wanted)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}

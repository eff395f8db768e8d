package io.llmnet.ensemble;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How one answer comes of several. */
public enum Strategy {
    /** The first acceptable answer; the next member is asked when the one before it takes its time. */
    FASTEST,
    /** The answer that most have given. */
    VOTING,
    /** The answer behind which the most weight stands: configured, times how well a member has done so far. */
    WEIGHTED,
    /** The answer of most, if enough of all who were asked agree. */
    CONSENSUS,
    /** The answer that another model picks. */
    JUDGE,
    /** A new answer, made by another model of all that were given. */
    MERGE,
    /** The cheapest answer that is sure enough of itself. */
    CASCADE;

    /** The strategy of a name, in any case and with {@code -} for {@code _}; empty when there is none. */
    public static Optional<Strategy> named(String name) {
        String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Strategy strategy : values()) {
            if (strategy.name().equals(wanted)) {
                return Optional.of(strategy);
            }
        }
        return Optional.empty();
    }

    /** Those that can decide where this one cannot; none where it always can. */
    public List<Strategy> fallbacks() {
        return switch (this) {
            case CONSENSUS -> List.of(VOTING, WEIGHTED, FASTEST, JUDGE, MERGE);
            case JUDGE, MERGE -> List.of(VOTING, WEIGHTED, FASTEST);
            case FASTEST, VOTING, WEIGHTED, CASCADE -> List.of();
        };
    }

    /** As settings write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.llmnet.council;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one ensemble of a file. Of one section, for one thread. */
public final class CouncilReader {
    private static final Set<Strategy> JUDGED = Set.of(Strategy.JUDGE, Strategy.MERGE);

    /** What only some strategies look at. */
    private static final Map<String, Set<Strategy>> USERS = Map.of(
            "agreement", Set.of(Strategy.CONSENSUS),
            "confidence", Set.of(Strategy.CASCADE),
            "judge", JUDGED,
            "fallback", Set.of(Strategy.CONSENSUS, Strategy.JUDGE, Strategy.MERGE));

    private final Section section;
    private final SeatReader seats;
    private final boolean mayChange;

    private CouncilReader(Section section, SeatReader seats, boolean mayChange) {
        this.section = section;
        this.seats = seats;
        this.mayChange = mayChange;
    }

    /** Of an ensemble whose models are those of the gateway. */
    public static CouncilReader ofGateway(Section section) {
        return new CouncilReader(section, new SeatReader(section, null), false);
    }

    /** The same for a task, of which a request may want another strategy: so no key is said to be of no effect. */
    public static CouncilReader ofTask(Section section) {
        return new CouncilReader(section, new SeatReader(section, null), true);
    }

    /**
     * Of an ensemble whose models are those of the same file.
     *
     * @param models their names
     */
    public static CouncilReader ofFile(Section section, Collection<String> models) {
        return new CouncilReader(section, new SeatReader(section, models), false);
    }

    /**
     * The ensemble. It leaves the section open, which may have more keys.
     *
     * @param base what holds where the section does not say; null for what is usual
     * @return null when it cannot be used, which is a problem by then
     */
    public @Nullable Council read(String name, @Nullable Council base) {
        Profile profile = Choice.read(section, "profile", Profile.class);
        Strategy strategy = strategy(profile, base);
        List<Seat> members = seats.members(base);
        Duration deadline = section.duration("deadline");
        Terms terms = terms(strategy, members.size(), base == null ? Terms.USUAL : base.terms());
        if (strategy == null || members.isEmpty()) {
            return null;
        }
        judged(strategy, terms);
        effects(strategy, terms);
        Duration usual = profile != null ? profile.deadline() : base == null ? null : base.deadline();
        return new Council(name, strategy, members, deadline == null ? usual : deadline, terms);
    }

    private @Nullable Strategy strategy(@Nullable Profile profile, @Nullable Council base) {
        if (section.has("strategy")) {
            return Choice.read(section, "strategy", Strategy.class);
        }
        if (profile == null && base == null && !section.has("profile")) {
            section.problems()
                    .error(
                            section.place(),
                            section.path(),
                            "the key \"strategy\" is missing; add one of "
                                    + String.join(", ", Choice.words(Strategy.class)));
        }
        return profile != null ? profile.strategy() : base == null ? null : base.strategy();
    }

    private Terms terms(@Nullable Strategy strategy, int members, Terms usual) {
        Integer quorum = section.integer("quorum", 1, CouncilKeys.MOST_SEATS);
        if (quorum != null && members > 0 && quorum > members) {
            section.error("quorum", "must be at most the number of models, which is " + members);
        }
        Strategy fallback = Fallback.read(section, "fallback", user(strategy));
        return new Terms(
                or(section.duration("hedge-after"), usual.hedgeAfter()),
                or(quorum, usual.quorum()),
                or(section.decimal("similarity", 0, 1), usual.similarity()),
                or(Choice.read(section, "likeness", Terms.Likeness.class), usual.likeness()),
                or(section.decimal("agreement", CouncilKeys.LEAST_SHARE, 1), usual.agreement()),
                or(section.decimal("confidence", 0, 1), usual.confidence()),
                fallback == null ? usual.fallback() : fallback,
                section.has("judge") ? seats.judge(strategy == Strategy.MERGE) : usual.judge(),
                seed(usual.seed()));
    }

    /** Who may need the fallback: of a task whose own strategy needs none, a request may still want CONSENSUS. */
    private Strategy user(@Nullable Strategy strategy) {
        if (strategy == null || (mayChange && strategy.fallbacks().isEmpty())) {
            return Strategy.CONSENSUS;
        }
        return strategy;
    }

    private long seed(long usual) {
        Integer seed = section.integer("seed", 0, Integer.MAX_VALUE);
        return seed == null ? usual : seed;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private void judged(Strategy strategy, Terms terms) {
        if (terms.judge() != null || section.has("judge")) {
            return;
        }
        String mend = " needs a \"judge\"; name the model that picks, or merges";
        if (JUDGED.contains(strategy)) {
            String key = section.has("strategy") ? "strategy" : "profile";
            section.error(key, strategy.word() + mend);
        } else if (terms.fallback() != null && JUDGED.contains(terms.fallback())) {
            section.error("fallback", terms.fallback().word() + mend);
        }
    }

    private void effects(Strategy strategy, Terms terms) {
        if (mayChange) {
            return;
        }
        USERS.forEach((key, users) -> {
            boolean isUsed = users.contains(strategy) || (terms.fallback() != null && users.contains(terms.fallback()));
            if (section.has(key) && !isUsed) {
                section.warning(key, "has no effect with the strategy " + strategy.word() + "; take it out");
            }
        });
    }
}

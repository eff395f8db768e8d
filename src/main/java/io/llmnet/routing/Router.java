package io.llmnet.routing;

import io.llmnet.registry.Offer;
import io.llmnet.registry.Roster;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Decides who may answer, and in which order. Safe from any thread: it keeps nothing but whose turn it is and the seed of
 * the next decision's chances, both atomic.
 *
 * <p>First come the backends of the model that was asked for, then those of the models that stand in for it: of each those
 * with room, best first by the strategy, then the full ones. Who would rather not be asked now comes after all of these.
 */
public final class Router {
    /** A power of two. Models whose names fall together share their turns, which skews them only if they alternate. */
    private static final int TURNS = 4096;

    /** The odd number nearest to 2^64 over the golden ratio: seeds that far apart give unlike chances. */
    private static final long SEED_STEP = 0x9e3779b97f4a7c15L;

    private final Rules rules;
    private final Names names;
    private final Policies policies;
    private final Measure measure;
    private final AtomicIntegerArray turns = new AtomicIntegerArray(TURNS);
    private final AtomicLong seeds;

    /** Whether any backend, be it well or not, could answer for a name: a model's, an alias', or one with a stand-in. */
    public boolean knows(String name, Roster roster) {
        String model = names.resolved(name);
        return roster.knows(model) || names.standIns(model).stream().anyMatch(roster::knows);
    }

    /** The model that a name stands for. */
    public String resolved(String name) {
        return names.resolved(name);
    }

    /** One for these rules. The generator gives one seed, now. */
    public Router(Rules rules, RandomGenerator random) {
        this.rules = rules;
        this.names = new Names(rules.aliases(), rules.fallbacks());
        this.policies = new Policies(rules.policies());
        this.measure = Measure.of(rules);
        this.seeds = new AtomicLong(random.nextLong());
    }

    /** Whom to ask, or why nobody. */
    public Decision decide(Wish wish, Roster roster, Purse purse, long nowNanos) {
        String model = names.resolved(wish.model());
        List<String> standIns = wish.backend() == null ? names.standIns(model) : List.of();
        Demand asked = policies.of(model);
        SplittableRandom random = new SplittableRandom(seeds.getAndAdd(SEED_STEP));
        Draft draft = new Draft(rules.sticky() ? wish.conversation() : 0, measure, purse, nowNanos, random);
        draft.add(model, null, offers(wish, model, roster), gates(wish, asked, purse, nowNanos), turn(model, true));
        for (int i = 0; i < standIns.size(); i++) {
            String other = standIns.get(i);
            Gates gates = gates(wish, policies.of(other).and(asked), purse, nowNanos);
            draft.add(other, model, roster.offers(other), gates, turn(other, draft.isEmpty()));
        }
        draft.finish();
        return draft.isEmpty()
                ? new Refusal(wish, model, standIns, names.aliases(), roster)
                        .because(draft.exclusions(), asked.said(wish.strictness()))
                : new Plan(draft.candidates(), model, draft.exclusions());
    }

    private static List<Offer> offers(Wish wish, String model, Roster roster) {
        List<Offer> all = roster.offers(model);
        return wish.backend() == null
                ? all
                : all.stream()
                        .filter(offer -> offer.member().name().equals(wish.backend()))
                        .toList();
    }

    private Gates gates(Wish wish, Demand demand, Purse purse, long nowNanos) {
        return new Gates(wish.needs(), demand.said(wish.strictness()), purse, rules.quality(), nowNanos);
    }

    /** Only who may truly be asked first uses up a turn; who merely stands by would disturb the rotation of others. */
    private int turn(String model, boolean isUsed) {
        int hash = model.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (TURNS - 1);
        return isUsed ? turns.getAndIncrement(slot) : turns.get(slot);
    }
}

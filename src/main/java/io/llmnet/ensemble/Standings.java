package io.llmnet.ensemble;

import io.llmnet.ensemble.Decision.Vote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How well the members of councils have done so far. Safe from any thread. */
public final class Standings {
    private static final int MOST = 10_000;

    private record Key(String council, String seat) {}

    /** The one learnt of longest ago first. */
    private final Map<Key, Standing> standings = new LinkedHashMap<>();

    /**
     * Learns from how a council decided: who is of the chosen meaning has won, who answered otherwise has lost, who failed has
     * failed. Where the answer is a new one, nobody has won or lost; of who was not asked or not waited for, nothing is known.
     */
    public synchronized void learn(Council council, Decision decision) {
        for (int seat = 0; seat < decision.votes().size(); seat++) {
            Vote vote = decision.votes().get(seat);
            boolean agrees = decision.agreeing().contains(seat);
            switch (vote.end()) {
                case ANSWERED -> learn(council, vote, answered(decision, agrees));
                case FAILED -> learn(council, vote, Standing::failed);
                case DISMISSED, LATE, UNASKED -> {}
            }
        }
    }

    /** How well a member did, above 0 to 1: its win rate times the share of its calls that did not fail, smoothed. */
    public double of(String council, String seat) {
        Standing standing = standing(council, seat);
        return standing.winRate() * standing.quality();
    }

    /** How often a member is of the chosen meaning, between 0 and 1; a half where nothing is known. */
    public double winRate(String council, String seat) {
        return standing(council, seat).winRate();
    }

    /** Of all members of whom something is known, the one learnt of longest ago first. */
    public synchronized List<Standing> snapshot() {
        return List.copyOf(standings.values());
    }

    /** Begins with what was known before, instead of what is known now. */
    public synchronized void restore(List<Standing> known) {
        standings.clear();
        known.forEach(this::keep);
    }

    private static UnaryOperator<Standing> answered(Decision decision, boolean agrees) {
        if (decision.winner() < 0) {
            return Standing::answered;
        }
        return agrees ? Standing::won : Standing::lost;
    }

    private void learn(Council council, Vote vote, UnaryOperator<Standing> change) {
        keep(change.apply(standing(council.name(), vote.seat())));
    }

    private void keep(Standing standing) {
        Key key = new Key(standing.council(), standing.seat());
        standings.remove(key);
        standings.put(key, standing);
        if (standings.size() > MOST) {
            standings.remove(standings.keySet().iterator().next());
        }
    }

    private synchronized Standing standing(String council, String seat) {
        Standing known = standings.get(new Key(council, seat));
        return known == null ? Standing.fresh(council, seat) : known;
    }
}

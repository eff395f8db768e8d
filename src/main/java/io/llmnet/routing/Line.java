package io.llmnet.routing;

import io.llmnet.registry.Load;
import io.llmnet.registry.Offer;
import java.util.SplittableRandom;

/**
 * Offers to be put in order by a key, the least first. Belongs to one decision, and so to one thread.
 *
 * <p>Why not sorted: of a thousand backends a request tries a few. Those are picked in one pass; the others follow as they
 * come. Equals take turns: in rotation where their weights are equal, else along the multiples of the golden ratio, which
 * spread any share evenly over any stretch of turns (H. Weyl, 1916) and need no memory but the number of the turn.
 */
final class Line {
    private static final double GOLDEN = 0.6180339887498949;
    private static final double HALF = 4;

    private final Offer[] offers;
    private final double[] keys;
    private final Purse purse;
    private final long nowNanos;
    private final SplittableRandom random;
    private int size;
    private boolean isWeighted;

    Line(int most, Purse purse, long nowNanos, SplittableRandom random) {
        this.offers = new Offer[most];
        this.keys = new double[most];
        this.purse = purse;
        this.nowNanos = nowNanos;
        this.random = random;
    }

    void add(Offer offer) {
        isWeighted |= size > 0 && weight(offer) != weight(0);
        offers[size++] = offer;
    }

    int size() {
        return size;
    }

    Offer offer(int at) {
        return offers[at];
    }

    String name(int at) {
        return offers[at].member().name();
    }

    Load load(int at) {
        return offers[at].member().load();
    }

    double weight(int at) {
        return weight(offers[at]);
    }

    private static double weight(Offer offer) {
        return offer.member().said().weight();
    }

    boolean isWeighted() {
        return isWeighted;
    }

    Purse purse() {
        return purse;
    }

    long nowNanos() {
        return nowNanos;
    }

    SplittableRandom random() {
        return random;
    }

    double key(int at) {
        return keys[at];
    }

    void key(int at, double key) {
        keys[at] = key;
    }

    /**
     * How busy it is for its weight, 1 being full. Who has no limit is half full with four, as most are that do not say, and
     * never quite full.
     */
    double busy(int at) {
        Load load = load(at);
        int limit = load.limit();
        double had = load.inFlight() / weight(at);
        return limit == Integer.MAX_VALUE ? had / (had + HALF) : had / limit;
    }

    /** Where the first few are, best first. */
    int[] first(int most, int turn) {
        int[] first = new int[Math.min(most, size)];
        int start = best(turn);
        int found = 0;
        for (int i = 0; i < size; i++) {
            int at = start + i < size ? start + i : start + i - size;
            if (found < first.length || keys[at] < keys[first[found - 1]]) {
                found = Math.min(found + 1, first.length);
                int place = found - 1;
                while (place > 0 && keys[at] < keys[first[place - 1]]) {
                    first[place] = first[place - 1];
                    place--;
                }
                first[place] = at;
            }
        }
        return first;
    }

    /** Whose turn it is among the best. */
    private int best(int turn) {
        double least = keys[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, keys[i]);
        }
        double all = 0;
        for (int i = 0; i < size; i++) {
            all += keys[i] == least ? share(i) : 0;
        }
        double wanted = isWeighted ? (turn * GOLDEN - Math.floor(turn * GOLDEN)) * all : Math.floorMod(turn, (int) all);
        int last = 0;
        for (int i = 0; i < size; i++) {
            if (keys[i] == least) {
                last = i;
                wanted -= share(i);
                if (wanted < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private double share(int at) {
        return isWeighted ? weight(at) : 1;
    }
}

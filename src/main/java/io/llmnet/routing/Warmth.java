package io.llmnet.routing;

/**
 * Finds the backend that a conversation returns to, because it has the beginning in its cache.
 *
 * <p>By the highest random weight of conversation and backend (D. Thaler and C. Ravishankar, 1998): nothing is remembered,
 * and when a backend comes or goes only its own conversations move. Who has much more to do than others is passed over, as
 * in consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, 2018), so that one long conversation, or a
 * thousand that begin alike, overrun nobody.
 */
final class Warmth {
    private static final int MORE = 2;
    private static final double TIMES_MORE = 1.5;
    private static final double UNIT = 0x1p-53;

    private Warmth() {}

    /** Where in the line it is; the best of the line is always good enough. */
    static int warmest(Line line, Measure measure, int best, long conversation) {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < line.size(); i++) {
            least = Math.min(least, line.load(i).inFlight());
        }
        double most = Math.max(least + MORE, least * TIMES_MORE);
        int warmest = best;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < line.size(); i++) {
            if (line.load(i).inFlight() <= most && measure.isNear(line, i, best)) {
                double warmth = warmth(line, i, conversation);
                if (warmth > highest) {
                    highest = warmth;
                    warmest = i;
                }
            }
        }
        return warmest;
    }

    private static double warmth(Line line, int at, long conversation) {
        double chance = ((mixed(conversation ^ mixed(line.name(at).hashCode())) >>> 11) + 1) * UNIT;
        return line.isWeighted() ? Math.log(chance) / line.weight(at) : chance;
    }

    /** Stafford's mixer, as in SplitMix64. */
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}

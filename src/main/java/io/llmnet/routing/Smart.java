package io.llmnet.routing;

import io.llmnet.registry.Offer;
import java.util.concurrent.TimeUnit;

/**
 * Weighs priority, load and speed, each from 0 to 100.
 *
 * <p>Why points are whole: who differs by a few milliseconds is equal, and of equals the least busy is asked, so that many
 * requests at once spread instead of all following the same hair's breadth.
 */
final class Smart implements Measure {
    private static final double BEST = 100;
    private static final double MILLIS_PER_POINT = 10;
    /** Below this share of the best score, a warm cache is not worth it. */
    private static final double NEAR = 0.8;
    /** Nor is it where the others are so much faster. */
    private static final double TIMES_SLOWER = 2;

    private static final double SLOWER_MILLIS = 100;
    /** What a full backend adds to its key: less than a point. */
    private static final double BUSY = 1e-3;

    private final Rules.Weights weights;
    private final double slowMillis;

    Smart(Rules.Weights weights, Rules.Quality quality) {
        this.weights = weights;
        this.slowMillis = (double) quality.slow().toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public void measure(Line line) {
        for (int i = 0; i < line.size(); i++) {
            double busy = line.busy(i);
            line.key(i, Math.min(busy, BEST) * BUSY - Math.round(score(line, i, busy)));
        }
    }

    private double score(Line line, int at, double busy) {
        Offer offer = line.offer(at);
        double millis = millis(offer, line.nowNanos());
        double priority = BEST - Math.max(0, Math.min(offer.member().said().priority(), BEST));
        double room = BEST - Math.min(BEST * busy, BEST);
        double speed = BEST - Math.min(millis / MILLIS_PER_POINT, BEST);
        double score = (priority * weights.priority() + room * weights.load() + speed * weights.latency())
                / ((double) weights.priority() + weights.load() + weights.latency());
        if (line.purse() == Purse.CAREFUL && Gates.costs(offer)) {
            score /= 2;
        }
        return millis > slowMillis && slowMillis > 0 ? score * Math.max(0, 2 - millis / slowMillis) : score;
    }

    /** To its first piece, as far as known; else to its whole answers; until then what its probes take. */
    private static double millis(Offer offer, long nowNanos) {
        double first = offer.pulse().firstPieces().expectedMillis(nowNanos);
        double known = first > 0 ? first : offer.pulse().wholes().expectedMillis(nowNanos);
        return known > 0 ? known : offer.member().load().probeMillis();
    }

    @Override
    public String reason(Line line, int at, boolean isFirst) {
        return (isFirst ? "highest_score:" : "score:") + line.name(at) + ":" + points(line, at) + ".00";
    }

    private static long points(Line line, int at) {
        return (long) -Math.floor(line.key(at));
    }

    @Override
    public boolean isNear(Line line, int at, int best) {
        return line.offer(at).member().said().priority()
                        <= line.offer(best).member().said().priority()
                && points(line, at) >= NEAR * points(line, best)
                && millis(line.offer(at), line.nowNanos())
                        <= TIMES_SLOWER * millis(line.offer(best), line.nowNanos()) + SLOWER_MILLIS;
    }
}

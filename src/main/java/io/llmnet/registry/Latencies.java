package io.llmnet.registry;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The last few times that something took: a smoothed mean, and its 95th percentile.
 *
 * <p>Why a window and not a sketch: 64 numbers say enough of how a backend is now, and yesterday's do not count. The
 * percentile is worked out anew only every eighth time.
 */
public final class Latencies {
    private static final int WINDOW = 64;
    private static final int STEP = 8;
    private static final double SMOOTHING = 0.2;
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int MOST_HALVINGS = 6;
    private static final long HALVING = TimeUnit.MINUTES.toNanos(1);
    private static final long[] NONE = {};

    /** Made when first needed: of most models of most backends nothing is ever asked. */
    private long[] nanos = NONE;

    private long count;
    private volatile long newestNanos;
    private volatile double meanMillis;
    private volatile long p95Nanos;
    private volatile int seen;

    synchronized void add(long took, long nowNanos) {
        if (nanos.length == 0) {
            nanos = new long[WINDOW];
        }
        nanos[(int) (count % WINDOW)] = took;
        count++;
        newestNanos = nowNanos;
        double millis = took / NANOS_PER_MILLI;
        meanMillis = count == 1 ? millis : (1 - SMOOTHING) * meanMillis + SMOOTHING * millis;
        if (count % STEP == 0) {
            long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, WINDOW));
            Arrays.sort(sorted);
            p95Nanos = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
        }
        seen = (int) Math.min(count, Integer.MAX_VALUE);
    }

    /** The mean, later ones counting more (exponentially, 0.2); 0 before the first. */
    public double meanMillis() {
        return meanMillis;
    }

    /**
     * What the next may take: the mean, halved for every minute without news, six times at most. Who was slow once, because
     * it had to load a model, is so asked again; and among those of whom there is no news at all the order stays.
     */
    public double expectedMillis(long nowNanos) {
        double mean = meanMillis;
        if (mean == 0) {
            return 0;
        }
        return Math.scalb(mean, (int) -Math.min(MOST_HALVINGS, Math.max(0, nowNanos - newestNanos) / HALVING));
    }

    /** The 95th percentile of the last 64; 0 before the first eight. */
    public long p95Nanos() {
        return p95Nanos;
    }

    /** How many there were. */
    public int count() {
        return seen;
    }
}

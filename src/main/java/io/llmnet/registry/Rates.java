package io.llmnet.registry;

/** Counts successes and failures over a span of time that moves with the clock, in slots of equal length. */
public final class Rates {
    /** What was counted. */
    public record Count(long total, long failures) {
        /** The share of failures; 0 of nothing. */
        public double failureRate() {
            return total == 0 ? 0 : (double) failures / total;
        }
    }

    private static final int[] NONE = {};

    private final long slotNanos;
    private final int span;
    /** Totals and failures by slot, made when first needed. */
    private int[] totals = NONE;

    private int[] failures = NONE;
    private long newest;
    private long total;
    private long failed;
    /** For readers without the lock: most backends never fail. */
    private volatile boolean hasFailures;

    Rates(int slots, long slotNanos) {
        this.span = slots;
        this.slotNanos = slotNanos;
    }

    synchronized void add(boolean success, long nowNanos) {
        if (totals.length == 0) {
            totals = new int[span];
            failures = new int[span];
            newest = Math.floorDiv(nowNanos, slotNanos);
        }
        advance(nowNanos);
        int at = Math.floorMod(newest, span);
        totals[at]++;
        total++;
        if (!success) {
            failures[at]++;
            failed++;
            hasFailures = true;
        }
    }

    /** What the span up to now holds. */
    public synchronized Count count(long nowNanos) {
        advance(nowNanos);
        return new Count(total, failed);
    }

    /** What the part of the span holds that ends now and is {@code lastNanos} long, give or take a slot. */
    public synchronized Count count(long nowNanos, long lastNanos) {
        advance(nowNanos);
        long slots = Math.max(1, lastNanos / slotNanos);
        if (slots >= span || totals.length == 0) {
            return new Count(total, failed);
        }
        long all = 0;
        long bad = 0;
        for (long slot = newest; slot > newest - slots; slot--) {
            int at = Math.floorMod(slot, span);
            all += totals[at];
            bad += failures[at];
        }
        return new Count(all, bad);
    }

    /** Whether the span held a failure when last looked at; if not there is none now, and no lock was needed to see it. */
    public boolean mayHoldFailures() {
        return hasFailures;
    }

    /** Forgets what the span has left behind. */
    private void advance(long nowNanos) {
        long now = Math.floorDiv(nowNanos, slotNanos);
        if (totals.length == 0 || now <= newest) {
            return;
        }
        for (long slot = Math.max(newest + 1, now - span + 1); slot <= now; slot++) {
            int at = Math.floorMod(slot, span);
            total -= totals[at];
            failed -= failures[at];
            totals[at] = 0;
            failures[at] = 0;
        }
        newest = now;
        hasFailures = failed > 0;
    }
}

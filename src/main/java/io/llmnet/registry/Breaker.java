package io.llmnet.registry;

import java.time.Duration;

/**
 * A circuit breaker over the last outcomes. It opens when too many of them were failures; after a while it lets single
 * requests try, and a success closes it. Opening again right after a trial doubles the time, up to ten times the first.
 *
 * <p>The pattern is that of Nygard, <i>Release It!</i>; the window by count is that of resilience4j.
 */
public final class Breaker {
    /**
     * When it opens, and for how long.
     *
     * @param window outcomes that count
     * @param least outcomes before it may open
     * @param failureRate the share of failures at which it opens
     */
    public record Terms(int window, int least, double failureRate, Duration open) {
        public static final Terms USUAL = new Terms(50, 5, 0.5, Duration.ofSeconds(30));

        public Terms {
            if (window < 1 || least < 1 || least > window || !(failureRate > 0 && failureRate <= 1)) {
                throw new IllegalArgumentException("window " + window + ", least " + least + ", rate " + failureRate);
            }
        }
    }

    private static final int LONGEST = 10;
    private static final boolean[] NONE = {};

    private boolean[] failures = NONE;
    /** Successes since there was a failure, while none is remembered: a backend that is well needs no window. */
    private int successes;

    private int count;
    private int at;
    private int failed;
    private int opened;
    private boolean isOpen;
    private long openForNanos;
    private long openUntilNanos;
    private long trialNanos;
    private boolean isTrying;
    private boolean isInvited;
    /** For readers without the lock: most breakers never open. */
    private volatile boolean mayBeOpen;

    /** Whether requests should go elsewhere. */
    public boolean isOpen(long nowNanos) {
        return mayBeOpen && openNanos(nowNanos) > 0;
    }

    /** For how long it is still open; 0 when it is not, or when a trial is due. */
    public synchronized long openNanos(long nowNanos) {
        if (!isOpen) {
            return 0;
        }
        if (isInvited && !isTrying) {
            return 0;
        }
        long trialLeft = isTrying ? trialNanos + openForNanos - nowNanos : 0;
        return Math.max(0, Math.max(trialLeft, openUntilNanos - nowNanos));
    }

    /**
     * A request is sent. Once the time of an open breaker is over it is the trial, and others wait for how it ends; before
     * that it was sent because nobody else was left, and its failure says nothing new.
     */
    public void tries(long nowNanos) {
        if (mayBeOpen) {
            synchronized (this) {
                if (isOpen && (isInvited || nowNanos - openUntilNanos >= 0)) {
                    isTrying = true;
                    isInvited = false;
                    trialNanos = nowNanos;
                }
            }
        }
    }

    /** A request went well. */
    public synchronized void succeeded() {
        if (isOpen) {
            isOpen = false;
            isTrying = false;
            isInvited = false;
            mayBeOpen = false;
            forget();
        } else if (failures.length > 0) {
            note(false);
            if (failed == 0 && count == failures.length) {
                opened = 0;
                failures = NONE;
                forget();
            }
        } else if (successes < Integer.MAX_VALUE) {
            successes++;
        }
    }

    /**
     * A request failed.
     *
     * @return whether that has opened it, for the first time or anew
     */
    public synchronized boolean failed(long nowNanos, Terms terms) {
        if (failures.length != terms.window()) {
            failures = new boolean[terms.window()];
            forget();
            count = Math.min(successes, failures.length);
            at = count % failures.length;
            successes = 0;
        }
        note(true);
        if (isOpen ? isTrying : count >= terms.least() && failed >= terms.failureRate() * count) {
            open(nowNanos, terms);
            return true;
        }
        return false;
    }

    /**
     * Opens it, whatever the window says.
     *
     * @return whether it was not open before, or but tried
     */
    public synchronized boolean trip(long nowNanos, Terms terms) {
        if (isOpen && !isTrying) {
            return false;
        }
        open(nowNanos, terms);
        return true;
    }

    private void open(long nowNanos, Terms terms) {
        isOpen = true;
        mayBeOpen = true;
        isTrying = false;
        isInvited = false;
        openForNanos = terms.open().toNanos() * Math.min(1L << Math.min(opened, 10), LONGEST);
        openUntilNanos = nowNanos + openForNanos;
        opened++;
    }

    /** There is news that it is well again: a trial is due at once. */
    synchronized void invite() {
        isInvited = isOpen;
    }

    /** A trial has ended without telling anything: it was cancelled, or the request was wrong. */
    public synchronized void trialOver() {
        isTrying = false;
    }

    private void note(boolean failure) {
        if (count == failures.length) {
            failed -= failures[at] ? 1 : 0;
        } else {
            count++;
        }
        failures[at] = failure;
        failed += failure ? 1 : 0;
        at = (at + 1) % failures.length;
    }

    private void forget() {
        count = 0;
        at = 0;
        failed = 0;
    }
}

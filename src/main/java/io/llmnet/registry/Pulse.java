package io.llmnet.registry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How one model does at one backend: how fast, how reliably, and whether it shall be left alone for a while. Safe from any
 * thread. All times are nanoseconds of one clock that never goes back, in practice {@link System#nanoTime}.
 */
public final class Pulse {
    /** Overtaken so often in a row, a backend hangs. */
    private static final int HANGS = 5;

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final Breaker breaker = new Breaker();
    private final Latencies firstPieces = new Latencies();
    private final Latencies wholes = new Latencies();
    private final Rates hour = new Rates(60, HOUR / 60);
    private final Rates day = new Rates(48, HOUR / 2);
    private final AtomicInteger overtaken = new AtomicInteger();
    private volatile long refusedUntilNanos = Long.MIN_VALUE;

    /** Whether it may be asked, or has failed so often that it is left alone. */
    public Breaker breaker() {
        return breaker;
    }

    /** Time to the first piece of streams. */
    public Latencies firstPieces() {
        return firstPieces;
    }

    /** Time to the whole of answers that do not stream. */
    public Latencies wholes() {
        return wholes;
    }

    /** Its outcomes of the last hour, minute by minute. */
    public Rates lastHour() {
        return hour;
    }

    /** Its outcomes of the last day, half an hour by half an hour. */
    public Rates lastDay() {
        return day;
    }

    /** It has answered. */
    public void succeeded(boolean stream, long firstPieceNanos, long nowNanos) {
        (stream ? firstPieces : wholes).add(firstPieceNanos, nowNanos);
        isAlive(nowNanos);
    }

    /** It has failed, and that was its own fault. */
    public void failed(long nowNanos, Breaker.Terms terms) {
        breaker.failed(nowNanos, terms);
        hour.add(false, nowNanos);
        day.add(false, nowNanos);
    }

    /** It has answered that the request is wrong: it is alive, and that says nothing of its speed. */
    public void isAlive(long nowNanos) {
        overtaken.set(0);
        breaker.succeeded();
        hour.add(true, nowNanos);
        day.add(true, nowNanos);
    }

    /**
     * Another was faster, and it was not heard to the end. That is no failure, and its times are as long as it was waited
     * for, at least; but who is overtaken several times in a row hangs, and is left alone.
     */
    public void overtaken(boolean stream, long waitedNanos, long nowNanos, Breaker.Terms terms) {
        (stream ? firstPieces : wholes).add(waitedNanos, nowNanos);
        if (overtaken.incrementAndGet() >= HANGS) {
            overtaken.set(0);
            breaker.trip(nowNanos, terms);
        } else {
            breaker.trialOver();
        }
    }

    /** It has asked to be left alone until then. */
    public void refuseUntil(long nanos) {
        refusedUntilNanos = nanos;
    }

    /** Whether it would rather not be asked now: its breaker is open, or it has said when to come again. */
    public boolean isReluctant(long nowNanos) {
        long until = refusedUntilNanos;
        boolean refuses = until != Long.MIN_VALUE && nowNanos - until < 0;
        return refuses || breaker.isOpen(nowNanos);
    }

    /** For how long it has asked to be left alone; 0 when it has not. */
    public long refusedNanos(long nowNanos) {
        long until = refusedUntilNanos;
        return until == Long.MIN_VALUE ? 0 : Math.max(0, until - nowNanos);
    }

    /** How long it will still be reluctant; 0 when it is not. */
    public long reluctantNanos(long nowNanos) {
        return Math.max(refusedNanos(nowNanos), breaker.openNanos(nowNanos));
    }
}

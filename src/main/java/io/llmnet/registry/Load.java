package io.llmnet.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How busy a backend is, and how its models do. Safe from any thread, and never waits. */
public final class Load {
    /** Models beyond this share one pulse: names come from callers where a backend takes any. */
    private static final int MOST_MODELS = 1000;

    private static final double NANOS_PER_MILLI = 1e6;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, Pulse> pulses = new ConcurrentHashMap<>();
    private final Pulse others = new Pulse();
    private volatile int limit = Integer.MAX_VALUE;
    private int slots;
    private volatile long answeredNanos = Long.MIN_VALUE;
    private volatile double probeMillis;
    private volatile @Nullable Instant probed;

    /** Takes a place, if one is free; who has one must {@link #leave}. */
    public boolean enter() {
        int now = inFlight.get();
        while (now < limit) {
            if (inFlight.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inFlight.get();
        }
        return false;
    }

    public void leave() {
        inFlight.decrementAndGet();
    }

    /** It has answered a request. */
    public void answered(long nowNanos) {
        answeredNanos = nowNanos;
    }

    /** Whether it has answered a request since then: who does that is well, whatever a probe says that came late. */
    public boolean hasAnsweredSince(long nanos) {
        long last = answeredNanos;
        return last != Long.MIN_VALUE && last - nanos >= 0;
    }

    /** Requests that it works on for us now. */
    public int inFlight() {
        return inFlight.get();
    }

    public boolean hasRoom() {
        return inFlight.get() < limit;
    }

    /** How many requests it may work on at once; {@link Integer#MAX_VALUE} for any number. */
    public int limit() {
        return limit;
    }

    /** What settings allow, else what it says itself, now or before, else any number; 0 where they do not say. */
    synchronized void limit(int set, int told) {
        if (told > 0) {
            slots = told;
        }
        if (set > 0) {
            limit = set;
        } else {
            limit = slots > 0 ? slots : Integer.MAX_VALUE;
        }
    }

    /** How long its probes take, smoothed; 0 before the first. */
    public double probeMillis() {
        return probeMillis;
    }

    /** When it was last probed; null before the first time. */
    public @Nullable Instant probed() {
        return probed;
    }

    void probed(Instant when, @Nullable Duration took) {
        probed = when;
        if (took != null) {
            double millis = took.toNanos() / NANOS_PER_MILLI;
            probeMillis = probeMillis == 0 ? millis : 0.8 * probeMillis + 0.2 * millis;
        }
    }

    /** How a model does there. */
    public Pulse pulse(String model) {
        Pulse known = pulses.get(model);
        if (known != null) {
            return known;
        }
        return pulses.size() < MOST_MODELS ? pulses.computeIfAbsent(model, name -> new Pulse()) : others;
    }

    /** It is well again after it was not: whoever is left alone there is tried at once. */
    void isBack() {
        pulses.values().forEach(pulse -> pulse.breaker().invite());
        others.breaker().invite();
    }

    /** All models that it was ever thought to have. */
    public Map<String, Pulse> pulses() {
        return Map.copyOf(pulses);
    }
}

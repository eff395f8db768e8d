package io.llmnet.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts where answers came from. Safe from any thread. */
public final class Counts {
    private final Map<Given, LongAdder> counts = new EnumMap<>(Given.class);

    Counts() {
        for (Given given : Given.values()) {
            counts.put(given, new LongAdder());
        }
    }

    void add(Given given) {
        adder(given).increment();
    }

    /** How many answers came from there so far. */
    public long of(Given given) {
        return adder(given).sum();
    }

    /** The share of requests to the cache that were answered by what was kept, 0 to 1; 0 before the first. */
    public double hitRatio() {
        long hits = of(Given.HIT) + of(Given.SIMILAR);
        long all = hits + of(Given.SHARED) + of(Given.MISS);
        return all == 0 ? 0 : (double) hits / all;
    }

    private LongAdder adder(Given given) {
        return Objects.requireNonNull(counts.get(given));
    }
}

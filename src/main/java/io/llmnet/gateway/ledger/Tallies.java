package io.llmnet.gateway.ledger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts requests and their time by name; the names are so many at most, and the rest is counted together. */
final class Tallies {
    static final String OTHERS = "other";
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** What is counted of one name. */
    static final class Tally {
        private final LongAdder requests = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        private void add(boolean isOk, long took) {
            requests.increment();
            nanos.add(took);
            if (!isOk) {
                errors.increment();
            }
        }

        long requests() {
            return requests.sum();
        }

        long errors() {
            return errors.sum();
        }

        /** The mean time; 0 of nothing. */
        double meanMillis() {
            long count = requests();
            return count == 0 ? 0 : nanos.sum() / NANOS_PER_MILLI / count;
        }
    }

    private final int most;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    Tallies(int most) {
        this.most = most;
    }

    void add(String name, boolean isOk, long nanos) {
        Tally known = tallies.get(name);
        (known == null ? made(name) : known).add(isOk, nanos);
    }

    private Tally made(String name) {
        return tallies.computeIfAbsent(tallies.size() < most ? name : OTHERS, fresh -> new Tally());
    }

    @Nullable
    Tally of(String name) {
        return tallies.get(name);
    }

    Map<String, Tally> all() {
        return Map.copyOf(tallies);
    }
}

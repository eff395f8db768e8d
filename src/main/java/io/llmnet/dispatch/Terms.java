package io.llmnet.dispatch;

import io.llmnet.registry.Breaker;
import java.time.Duration;

/**
 * How hard it is tried, as settings say it.
 *
 * @param attempts how often one backend is asked for one request at most
 * @param retryBudget the share of recent requests that may be repeats on the same backend, 0 to 1
 */
public record Terms(int attempts, double retryBudget, Hedge hedge, Breaker.Terms breaker, Queue queue) {
    public static final Terms USUAL = new Terms(3, 0.2, Hedge.USUAL, Breaker.Terms.USUAL, Queue.USUAL);

    public Terms {
        if (attempts < 1 || !(retryBudget >= 0 && retryBudget <= 1)) {
            throw new IllegalArgumentException("attempts " + attempts + ", budget " + retryBudget);
        }
    }

    /**
     * When a second backend is asked while the first still thinks.
     *
     * @param atLeast not before this time, however fast the backend usually is
     * @param budget the share of requests that may be asked twice, 0 to 1
     */
    public record Hedge(boolean enabled, Duration atLeast, double budget) {
        public static final Hedge USUAL = new Hedge(true, Duration.ofMillis(200), 0.1);
    }

    /**
     * Who waits while all are busy.
     *
     * @param size requests that wait at most; 0 for none
     * @param patience how long at most
     */
    public record Queue(int size, Duration patience) {
        public static final Queue USUAL = new Queue(256, Duration.ofSeconds(30));
    }
}

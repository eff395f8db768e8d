package io.llmnet.node;

import java.util.function.LongSupplier;

/** Counts what was generated. Safe from any thread. */
final class Meter {
    private final LongSupplier nanos;
    private final long startNanos;
    private long requests;
    private long tokens;
    private long workNanos;

    Meter(LongSupplier nanos) {
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
    }

    synchronized void count(long generatedTokens, long tookNanos) {
        requests++;
        tokens += generatedTokens;
        workNanos += tookNanos;
    }

    synchronized long tokens() {
        return tokens;
    }

    synchronized long requests() {
        return requests;
    }

    /** Tokens a second of one answer, on average, to two decimals. */
    synchronized double tokensPerSecond() {
        return workNanos == 0 ? 0 : Math.round(tokens * 1e11 / workNanos) / 100.0;
    }

    /** Seconds that an answer takes on average. */
    synchronized double secondsPerRequest() {
        return requests == 0 ? 0 : workNanos / 1e9 / requests;
    }

    double uptimeSeconds() {
        return (nanos.getAsLong() - startNanos) / 1e9;
    }
}

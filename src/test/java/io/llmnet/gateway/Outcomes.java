package io.llmnet.gateway;

import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.registry.Zone;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Outcomes for tests: a good one of 1,500 ms by {@code desk}, but for what is said. */
public record Outcomes(
        String model,
        @Nullable String backend,
        int status,
        @Nullable String error,
        Instant start,
        double cost) {
    public static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

    public static Outcomes of(String model) {
        return new Outcomes(model, "desk", 200, null, MORNING, 0);
    }

    public Outcomes by(@Nullable String other) {
        return new Outcomes(model, other, status, error, start, cost);
    }

    public Outcomes failed(int other, String why) {
        return new Outcomes(model, backend, other, why, start, cost);
    }

    public Outcomes at(Instant other) {
        return new Outcomes(model, backend, status, error, other, cost);
    }

    public Outcomes costing(double other) {
        return new Outcomes(model, backend, status, error, start, other);
    }

    public Outcome told() {
        return toldAfter(2);
    }

    /** With so many attempts. */
    public Outcome toldAfter(int attempts) {
        boolean isFallback = model.startsWith("stand-in");
        return new Outcome(
                "request-1",
                Call.Dialect.CHAT,
                true,
                model,
                model,
                backend,
                backend == null ? null : "ollama",
                backend == null ? null : Zone.RESTRICTED,
                status,
                error,
                error == null ? null : "it went wrong: " + error,
                start.toEpochMilli(),
                Duration.ofMillis(1500).toNanos(),
                Duration.ofMillis(250).toNanos(),
                Usage.of(12, 34),
                cost,
                attempts,
                attempts > 1 ? 1 : 0,
                "highest_score:desk:87.00",
                isFallback ? "wanted" : null);
    }
}

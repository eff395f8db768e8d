package io.llmnet.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.gateway.Outcomes;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Pulse;
import io.llmnet.registry.Zone;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatsTest {
    private final Hand clock = new Hand("2026-11-21T08:00:00Z");
    private final long[] nanos = {Duration.ofMinutes(1).toNanos()};
    private final Spending spending = new Spending(clock, Budget.NONE);
    private final Stats stats = new Stats(() -> nanos[0], spending);
    private final Rosters rosters = new Rosters()
            .has("desk", Zone.RESTRICTED, Rosters.card("qwen3", Ability.YES))
            .has("shed", Zone.RESTRICTED, Rosters.card("phi4", Ability.YES));

    @Test
    void countsTruly() {
        stats.accept(Outcomes.of("qwen3").told());
        stats.accept(Outcomes.of("qwen3").told());
        stats.accept(Outcomes.of("qwen3").failed(502, "backend_failed").told());
        stats.accept(Outcomes.of("phi4").by("shed").told());
        stats.accept(
                Outcomes.of("gpt-9").by(null).failed(404, "model_not_found").told());
        nanos[0] += Duration.ofSeconds(90).toNanos();

        assertThat(Json.text(stats.json(rosters.registry.roster()))).isEqualTo("""
                {"uptime_seconds":90,"requests":{"total":5,"success":3,"errors":2},"backends":[\
                {"id":"desk","name":"desk","requests":3,"average_latency_ms":1500.0,"pending":0,"errors":1},\
                {"id":"shed","name":"shed","requests":1,"average_latency_ms":1500.0,"pending":0,"errors":0}],\
                "models":[\
                {"name":"qwen3","requests":3,"average_duration_ms":1500.0,"errors":1},\
                {"name":"phi4","requests":1,"average_duration_ms":1500.0,"errors":0}]}""");
    }

    @Test
    void tellsHowABackendDoesAsFarAsItWasSeen() {
        Pulse qwen = pulse("qwen3");
        Pulse phi = pulse("phi4");
        qwen.succeeded(true, Duration.ofMillis(100).toNanos(), nanos[0]);
        qwen.succeeded(true, Duration.ofMillis(100).toNanos(), nanos[0]);
        phi.succeeded(true, Duration.ofMillis(400).toNanos(), nanos[0]);
        phi.failed(nanos[0], Breaker.Terms.USUAL);

        JsonNode desk = backend(0);
        assertThat(desk.path("error_rate_1h").asDouble()).isEqualTo(0.25);
        assertThat(desk.path("avg_ttft_ms").asDouble()).isEqualTo(200);
        assertThat(desk.path("success_rate_24h").asDouble()).isEqualTo(0.75);
        assertThat(backend(1).has("error_rate_1h")).isFalse();

        nanos[0] += Duration.ofHours(2).toNanos();
        assertThat(backend(0).has("error_rate_1h")).isFalse();
        assertThat(backend(0).path("success_rate_24h").asDouble()).isEqualTo(0.75);
    }

    private JsonNode backend(int at) {
        return stats.json(rosters.registry.roster()).path("backends").path(at);
    }

    private Pulse pulse(String model) {
        return Objects.requireNonNull(rosters.registry.named("desk")).load().pulse(model);
    }

    @Test
    void showsTheBudgetWhereThereIsSomethingToTell() {
        assertThat(stats.json(rosters.registry.roster()).has("budget")).isFalse();

        spending.accept(Outcomes.of("gpt").costing(2).told());

        JsonNode budget = stats.json(rosters.registry.roster()).path("budget");
        assertThat(budget.path("current_spending_usd").asDouble()).isEqualTo(2);
        assertThat(budget.path("monthly_limit_usd").isNull()).isTrue();
    }

    @Test
    void namesThatCallersMakeUpFillNoMemory() {
        for (int each = 0; each < 3000; each++) {
            stats.accept(Outcomes.of("made-up-" + each).told());
        }

        assertThat(stats.json(rosters.registry.roster()).path("models")).hasSize(1001);
        assertThat(stats.json(rosters.registry.roster())
                        .path("models")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("other");
    }
}

package io.llmnet.telemetry.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Decision;
import io.llmnet.ensemble.Decision.Vote;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Outcome;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolMetersTest {
    @SuppressWarnings("deprecation") // the client that Quarkus registers
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final PoolMeters meters = new PoolMeters(prometheus, new Standings());

    @SuppressWarnings("deprecation")
    private List<String> text() {
        return prometheus.scrape().lines().toList();
    }

    private static Outcome of(@Nullable String tenant, @Nullable Fault fault) {
        Decision decision = new Decision(
                Strategy.VOTING, 0, 1, List.of(new Vote("desk", Vote.End.ANSWERED, 1, 10, null)), "both agree");
        return new Outcome(
                "r",
                tenant,
                tenant == null ? null : "p",
                "rerank",
                "VOTING",
                fault == null ? "desk" : "",
                fault == null ? "qwen3" : "",
                120_000_000,
                fault == null ? decision : null,
                fault);
    }

    @Test
    void countsUnderTheNamesThatLlmPoolPlanned() {
        meters.ended(of("t", null));
        meters.opened("rerank", "desk");

        assertThat(text())
                .contains(
                        "# TYPE llmpool_infer_duration_ms histogram",
                        "llmpool_infer_duration_ms_count{project=\"p\",provider=\"desk\",strategy=\"VOTING\",task=\"rerank\",tenant=\"t\",} 1.0",
                        "llmpool_infer_duration_ms_sum{project=\"p\",provider=\"desk\",strategy=\"VOTING\",task=\"rerank\",tenant=\"t\",} 120.0",
                        "llmpool_infer_duration_ms_bucket{project=\"p\",provider=\"desk\",strategy=\"VOTING\",task=\"rerank\",tenant=\"t\",le=\"200.0\",} 1.0",
                        "llmpool_ensemble_decision_total{strategy=\"VOTING\",} 1.0",
                        "llmpool_breaker_open_total 1.0")
                .anyMatch(line -> line.startsWith("llmpool_provider_win_rate{provider=\"desk\",task=\"rerank\",} "));
    }

    @Test
    void countsWhatIsLate() {
        meters.ended(of(null, Fault.TIMED_OUT));
        meters.ended(of(null, Fault.NO_BACKEND));

        assertThat(text())
                .contains(
                        "llmpool_timeouts_total{project=\"none\",provider=\"none\",strategy=\"VOTING\",task=\"rerank\",tenant=\"none\",} 1.0",
                        "llmpool_infer_duration_ms_count{project=\"none\",provider=\"none\",strategy=\"VOTING\",task=\"rerank\",tenant=\"none\",} 2.0")
                .noneMatch(line -> line.startsWith("llmpool_ensemble_decision_total{"));
    }

    @Test
    void tenantsThatAreTooManyAreOne() {
        for (int i = 0; i < 150; i++) {
            meters.ended(of("t" + i, null));
        }
        meters.ended(of("x".repeat(1000), null));

        assertThat(text().stream().filter(line -> line.startsWith("llmpool_infer_duration_ms_count")))
                .hasSize(101)
                .contains(
                        "llmpool_infer_duration_ms_count{project=\"other\",provider=\"desk\",strategy=\"VOTING\",task=\"rerank\",tenant=\"other\",} 51.0");
    }
}

package io.llmnet.telemetry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcomes;
import io.llmnet.gateway.ledger.Budget;
import io.llmnet.gateway.ledger.Spending;
import io.llmnet.http.page.FakeOperator;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Exclusion;
import io.llmnet.routing.NoPlan;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayMetersTest {
    private final FakeOperator backends =
            new FakeOperator().has("desk-1", Card.named("team/qwen3:8b")).has("2nd", Card.named("phi4"));
    private final Registry registry = backends.registry;
    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final Spending spending = new Spending(() -> now, new Budget(10.0, 0.75, Budget.HardAction.WARN));

    @SuppressWarnings("deprecation") // the client that Quarkus registers
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final GatewayMeters meters = new GatewayMeters(prometheus, registry, spending, () -> 3, System::nanoTime);

    @SuppressWarnings("deprecation")
    private List<String> text() {
        return prometheus.scrape().lines().toList();
    }

    @Test
    void whatNeedsNoRequestIsThereFromTheStart() {
        assertThat(text())
                .contains(
                        "nexus_backends_total 2.0",
                        "nexus_backends_healthy 2.0",
                        "nexus_models_available 2.0",
                        "nexus_queue_depth 3.0",
                        "nexus_pending_requests{backend=\"desk_1\",} 0.0",
                        "nexus_agent_error_rate{agent_id=\"_2nd\",} 0.0",
                        "nexus_agent_success_rate_24h{agent_id=\"_2nd\",} 1.0",
                        "nexus_budget_spending_usd{billing_month=\"2026-11\",} 0.0",
                        "nexus_budget_utilization_percent 0.0",
                        "nexus_budget_status 0.0",
                        "nexus_budget_limit_usd 10.0",
                        "nexus_budget_events_total{event_type=\"soft_limit_reached\",} 0.0",
                        "nexus_budget_events_total{event_type=\"month_rollover\",} 0.0",
                        "nexus_reconciler_exclusions_total{reconciler=\"PrivacyReconciler\",} 0.0",
                        "nexus_pipeline_duration_seconds_count 0.0",
                        "# TYPE nexus_backends_total gauge",
                        "# TYPE nexus_pipeline_duration_seconds histogram");
    }

    @Test
    void countsARequestUnderNexusNames() {
        meters.accept(Outcomes.of("team/qwen3:8b").by("desk-1").costing(0.02).told());

        assertThat(text())
                .contains(
                        "nexus_requests_total{backend=\"desk_1\",model=\"team_qwen3_8b\",status=\"200\",} 1.0",
                        "nexus_request_duration_seconds_bucket{backend=\"desk_1\",model=\"team_qwen3_8b\",le=\"1.0\",} 0.0",
                        "nexus_request_duration_seconds_bucket{backend=\"desk_1\",model=\"team_qwen3_8b\",le=\"2.5\",} 1.0",
                        "nexus_request_duration_seconds_sum{backend=\"desk_1\",model=\"team_qwen3_8b\",} 1.5",
                        "nexus_tokens_total_bucket{backend=\"desk_1\",model=\"team_qwen3_8b\",type=\"prompt\",le=\"50.0\",} 1.0",
                        "nexus_tokens_total_sum{backend=\"desk_1\",model=\"team_qwen3_8b\",type=\"completion\",} 34.0",
                        "nexus_agent_ttft_seconds_sum{agent_id=\"desk_1\",} 0.25",
                        "nexus_cost_per_request_usd_sum{model=\"team_qwen3_8b\",} 0.02");
        assertThat(text()).noneMatch(line -> line.startsWith("nexus_errors_total"));
    }

    @Test
    void countsARequestUnderTheNamesOfTheSemanticConventions() {
        meters.accept(Outcomes.of("phi4").by("2nd").told());
        meters.accept(
                Outcomes.of("phi4").by("2nd").failed(502, "backend_failed").told());

        String labels = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"ollama\",gen_ai_request_model=\"phi4\",";
        assertThat(text())
                .contains(
                        "gen_ai_client_operation_duration_seconds_count{error_type=\"\"," + labels + "} 1.0",
                        "gen_ai_client_operation_duration_seconds_count{error_type=\"backend_failed\"," + labels
                                + "} 1.0",
                        "gen_ai_client_token_usage_sum{" + labels + "gen_ai_token_type=\"input\",} 24.0",
                        "gen_ai_server_time_to_first_token_seconds_bucket{" + labels + "le=\"0.25\",} 2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "404, model_not_found, , model_not_found",
        "503, no_backend, , no_healthy_backend",
        "503, server_busy, , queued",
        "504, timeout, 2nd, timeout",
        "499, cancelled, 2nd, cancelled",
        "502, backend_failed, 2nd, backend_error",
        "500, 500, 2nd, backend_error"
    })
    void tellsWhyRequestsFail(int status, String error, String backend, String type) {
        meters.accept(Outcomes.of("phi4").by(backend).failed(status, error).toldAfter(backend == null ? 0 : 2));

        assertThat(text()).contains("nexus_errors_total{error_type=\"" + type + "\",model=\"phi4\",} 1.0");
    }

    @Test
    void countsWhoStoodInForWhom() {
        backends.has("desk-1", Card.named("stand-in"), Card.named("wanted"));

        meters.accept(Outcomes.of("stand-in").by("desk-1").told());

        assertThat(text()).contains("nexus_fallbacks_total{from_model=\"wanted\",to_model=\"stand_in\",} 1.0");
    }

    @Test
    void namesThatCallersMakeUpAreOneLabel() {
        for (int each = 0; each < 100; each++) {
            meters.accept(Outcomes.of("made-up-" + each)
                    .by(null)
                    .failed(404, "model_not_found")
                    .toldAfter(0));
        }

        assertThat(text())
                .contains("nexus_requests_total{backend=\"none\",model=\"other\",status=\"404\",} 100.0")
                .noneMatch(line -> line.contains("made"));
    }

    @Test
    void countsDecisions() {
        Exclusion out = new Exclusion("2nd", Exclusion.Gate.TIER, "tier 4", "ask for less");

        meters.decided(
                new NoPlan(Fault.NO_BACKEND, "none", List.of(out, out), List.of(), null, 0),
                Duration.ofNanos(80_000).toNanos());

        assertThat(text())
                .contains(
                        "nexus_reconciler_exclusions_total{reconciler=\"TierReconciler\",} 2.0",
                        "nexus_pipeline_duration_seconds_bucket{le=\"5.0E-5\",} 0.0",
                        "nexus_pipeline_duration_seconds_bucket{le=\"1.0E-4\",} 1.0");
    }

    @Test
    void theGaugesOfABackendComeAndGoWithIt() {
        backends.has("shed", Card.named("phi4"));
        assertThat(text()).contains("nexus_pending_requests{backend=\"shed\",} 0.0", "nexus_backends_total 3.0");
        var shed = Objects.requireNonNull(registry.named("shed"));
        shed.load().enter();
        shed.load().pulse("phi4").failed(System.nanoTime(), Breaker.Terms.USUAL);
        assertThat(text())
                .contains(
                        "nexus_pending_requests{backend=\"shed\",} 1.0",
                        "nexus_agent_error_rate{agent_id=\"shed\",} 1.0",
                        "nexus_agent_success_rate_24h{agent_id=\"shed\",} 0.0");

        registry.remove("shed");

        assertThat(text()).noneMatch(line -> line.contains("shed"));
    }

    @Test
    void theBudgetsMonthIsThatOfTheClock() {
        spending.accept(Outcomes.of("phi4").costing(8).told());
        assertThat(text())
                .contains(
                        "nexus_budget_spending_usd{billing_month=\"2026-11\",} 8.0",
                        "nexus_budget_status 1.0",
                        "nexus_budget_utilization_percent 80.0",
                        "nexus_budget_events_total{event_type=\"soft_limit_reached\",} 1.0");

        now = Instant.parse("2026-12-01T00:00:00Z");
        meters.accept(Outcomes.of("phi4").told());

        assertThat(text())
                .contains(
                        "nexus_budget_spending_usd{billing_month=\"2026-12\",} 0.0",
                        "nexus_budget_events_total{event_type=\"month_rollover\",} 1.0")
                .noneMatch(line -> line.contains("2026-11"));
    }
}

package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Problem;
import io.llmnet.dispatch.Terms;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Price;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings.Budget;
import io.llmnet.settings.GatewaySettings.Discovery;
import io.llmnet.settings.GatewaySettings.Fleet;
import io.llmnet.settings.GatewaySettings.Lifecycle;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NexusTest {
    private static final String FILE = "nexus.toml";

    private final Map<String, String> environment = new HashMap<>(Map.of("OPENAI_API_KEY", "sk-1"));

    private SettingsFile.Read read(String text) {
        return SettingsFile.read(FILE, text, environment::get);
    }

    private Settings right(String text) {
        SettingsFile.Read read = read(text);
        assertThat(read.problems()).isEmpty();
        return read.settings();
    }

    private List<String> problems(String text) {
        return read(text).problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(FILE + ":", ""))
                .toList();
    }

    @Test
    void everyKeyOfAWholeFileCounts() {
        Settings settings = right("""
                [server]
                host = "127.0.0.1"
                port = 8001
                request_timeout_seconds = 120
                first_byte_timeout_seconds = 20
                max_concurrent_requests = 50

                [discovery]
                enabled = true
                service_types = ["_ollama._tcp.local", "_llm._tcp.local."]
                grace_period_seconds = 30

                [health_check]
                enabled = false
                interval_seconds = 15
                timeout_seconds = 2
                failure_threshold = 4
                recovery_threshold = 1

                [routing]
                strategy = "Priority-Only"
                max_retries = 0

                [routing.weights]
                priority = 10
                load = 20
                latency = 30

                [routing.aliases]
                "gpt-4" = "llama3:70b"

                [routing.fallbacks]
                "llama3:70b" = ["qwen2:72b", "mixtral:8x7b"]

                [[routing.policies]]
                model_pattern = "gpt-*"
                privacy = "restricted"
                min_tier = 3

                [[routing.policies]]
                model_pattern = "*"
                privacy = "unrestricted"

                [routing.budget]
                monthly_limit_usd = 100.0
                soft_limit_percent = 80
                hard_limit_action = "block_cloud"

                [routing.hedging]
                enabled = true
                max_extra_percent = 5

                [[backends]]
                name = "local-ollama"
                url = "http://localhost:11434"
                type = "ollama"
                priority = 1
                zone = "Restricted"
                max_concurrent = 2

                [[backends]]
                name = "cloud"
                url = "https://api.openai.com/v1"
                type = "openai"
                api_key_env = "OPENAI_API_KEY"
                zone = "open"
                tier = 4

                [logging]
                level = "debug"
                format = "pretty"
                enable_content_logging = true

                [logging.component_levels]
                api = "warn"

                [quality]
                error_rate_threshold = 0.25
                ttft_penalty_threshold_ms = 1500

                [queue]
                enabled = true
                max_size = 7
                max_wait_seconds = 3

                [lifecycle]
                timeout_ms = 60000

                [fleet]
                enabled = true
                min_sample_days = 2
                min_request_count = 20
                analysis_interval_seconds = 60
                max_recommendations = 1
                """);

        Timeouts timeouts = Timeouts.DEFAULT.but(null, Duration.ofSeconds(20), null);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8001);
        assertThat(settings.timeouts()).isEqualTo(timeouts);
        assertThat(settings.keys())
                .isEqualTo(Map.of(
                        "llmnet.deadline", "PT2M",
                        "llmnet.max-concurrent", "50",
                        "quarkus.log.level", "DEBUG",
                        "quarkus.log.category.\"io.llmnet.http\".level", "WARN",
                        "llmnet.telemetry.log-prompts", "true"));
        GatewaySettings gateway = settings.gateway();
        assertThat(gateway.timeouts()).isEqualTo(timeouts);
        assertThat(gateway.backends())
                .containsExactly(
                        new Listed(
                                "local-ollama",
                                URI.create("http://localhost:11434"),
                                "ollama",
                                null,
                                Zone.RESTRICTED,
                                5,
                                1,
                                1,
                                2,
                                List.of(),
                                timeouts),
                        new Listed(
                                "cloud",
                                URI.create("https://api.openai.com"),
                                "openai",
                                "sk-1",
                                Zone.OPEN,
                                2,
                                50,
                                1,
                                0,
                                List.of(),
                                timeouts));
        assertThat(gateway.rules())
                .isEqualTo(new Rules(
                        Rules.Strategy.PRIORITY_ONLY,
                        new Rules.Weights(10, 20, 30),
                        Map.of("gpt-4", "llama3:70b"),
                        Map.of("llama3:70b", List.of("qwen2:72b", "mixtral:8x7b")),
                        List.of(
                                new Rules.Policy("gpt-*", Zone.RESTRICTED, 3, true),
                                new Rules.Policy("*", null, 0, true)),
                        true,
                        new Rules.Quality(Duration.ofHours(1), 10, 0.25, Duration.ofMillis(1500))));
        assertThat(gateway.terms())
                .isEqualTo(new Terms(
                        1,
                        0.2,
                        new Terms.Hedge(true, Duration.ofMillis(200), 0.05),
                        Breaker.Terms.USUAL,
                        new Terms.Queue(7, Duration.ofSeconds(3))));
        assertThat(gateway.discovery())
                .isEqualTo(new Discovery(
                        true,
                        Duration.ofSeconds(5),
                        List.of(),
                        true,
                        List.of("_ollama._tcp.local", "_llm._tcp.local"),
                        true,
                        false,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        new Registry.Thresholds(4, 1),
                        true));
        assertThat(gateway.budget()).isEqualTo(new Budget(100.0, 0.8, Budget.HardAction.LOCAL_ONLY));
        assertThat(gateway.lifecycle()).isEqualTo(new Lifecycle(Duration.ofMinutes(1)));
        assertThat(gateway.fleet()).isEqualTo(new Fleet(true, 2, 20, Duration.ofMinutes(1), 1));
        assertThat(gateway.models().get("claude-3-haiku-20240307"))
                .extracting(ModelFacts::price)
                .isEqualTo(new Price(0.25, 1.25));
    }

    @Test
    void whatCannotComeTrueIsOnlyWarnedOf() {
        SettingsFile.Read read = read("""
                [fleet]
                min_sample_days = 30

                [lifecycle]
                vram_headroom_percent = 10
                """);

        assertThat(read.isRight()).isTrue();
        assertThat(read.problems().stream().map(Problem::toString))
                .satisfiesExactly(
                        days -> assertThat(days).contains("fleet.min_sample_days: counts as 14"),
                        memory -> assertThat(memory).contains("lifecycle.vram_headroom_percent: has no effect"));
        assertThat(read.settings().gateway().fleet().sampleDays()).isEqualTo(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# nothing", "[server]\n[routing]\n[queue]"})
    void whatItDoesNotSayIsAsNexusHasIt(String text) {
        Settings settings = right(text);

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.gateway().terms().attempts()).isEqualTo(3);
        assertThat(settings.gateway().terms().queue()).isEqualTo(new Terms.Queue(100, Duration.ofSeconds(30)));
        assertThat(settings.gateway().budget()).isEqualTo(new Budget(null, 0.75, Budget.HardAction.WARN));
        assertThat(settings.gateway().fleet().enabled()).isFalse();
        assertThat(settings.gateway().discovery()).isEqualTo(Discovery.USUAL);
    }

    @Test
    void policiesMayBeATable() {
        Settings settings = right("""
                [routing.policies."gpt-*"]
                privacy = "Restricted"
                min_tier = 5
                [routing.policies.any]
                model_pattern = "*"
                """);

        assertThat(settings.gateway().rules().policies())
                .containsExactlyInAnyOrder(
                        new Rules.Policy("gpt-*", Zone.RESTRICTED, 1, true), new Rules.Policy("*", null, 0, true));
    }

    @Test
    void aQueueThatIsNotEnabledHasNoRoom() {
        assertThat(right("[queue]\nenabled = false").gateway().terms().queue().size())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"warn,WARN", "block_cloud,LOCAL_ONLY", "block_all,REFUSE", "Block-All,REFUSE"})
    void whatFollowsWhenAllIsSpentHasOtherNames(String written, Budget.HardAction action) {
        assertThat(right("[routing.budget]\nhard_limit_action = \"%s\"".formatted(written))
                        .gateway()
                        .budget()
                        .hardAction())
                .isEqualTo(action);
    }

    @Test
    void theEnvironmentComesBeforeTheFile() {
        environment.putAll(Map.of(
                "NEXUS_PORT", "9000",
                "NEXUS_HOST", "127.0.0.1",
                "NEXUS_LOG_LEVEL", "WARN",
                "NEXUS_DISCOVERY", "false",
                "NEXUS_HEALTH_CHECK", "False"));

        Settings settings = right("""
                [server]
                host = "0.0.0.0"
                port = 8001
                [discovery]
                enabled = true
                [health_check]
                enabled = true
                [logging]
                level = "info"
                """);

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.keys()).containsEntry("quarkus.log.level", "WARN");
        assertThat(settings.gateway().discovery())
                .returns(false, Discovery::machine)
                .returns(false, Discovery::mdns)
                .returns(false, Discovery::announce)
                .returns(false, Discovery::checks);
    }

    @Test
    void aVariableThatCannotBeReadIsToldAndHasNoEffect() {
        environment.putAll(Map.of("NEXUS_PORT", "many", "NEXUS_DISCOVERY", "perhaps", "NEXUS_LOG_FORMAT", "json"));

        SettingsFile.Read read = read("[server]\nport = 8001");

        assertThat(read.isRight()).isTrue();
        assertThat(read.settings().port()).isEqualTo(8001);
        assertThat(problems("[server]\nport = 8001"))
                .containsExactly(
                        "1:1: NEXUS_LOG_FORMAT: json is not to be had: lines are for people here; collectors get"
                                + " traces by the environment's OTEL_EXPORTER_OTLP_ENDPOINT; this variable of the"
                                + " environment has no effect",
                        "1:1: NEXUS_DISCOVERY: must be one of true, false; this variable of the environment has no"
                                + " effect",
                        "1:1: NEXUS_PORT: must be a whole number from 1 to 65535; this variable of the environment"
                                + " has no effect");
    }

    @Test
    void allMistakesAreToldAtOnceAndWhatHasNoEffectToo() {
        String text = """
                [server]
                port = 0
                prot = 1
                [routing]
                strategy = "fastest"
                [routing.aliases]
                a = "b"
                b = "a"
                [[routing.policies]]
                model_pattern = "[x"
                max_cost_per_request = 0.5
                fallback_allowed = false
                privacy = "confidential"
                [routing.budget]
                reconciliation_interval_secs = 60
                [[backends]]
                name = "a"
                url = ""
                type = "vlm"
                zone = "internal"
                tier = 10
                [[backends]]
                name = "a"
                url = "http://h"
                api_key_env = "GONE"
                [[backends]]
                name = "c"
                url = "http://h"
                api_key_env = "sk-abc"
                api_key = "x"
                [logging]
                format = "json"
                [logging.component_levels]
                kitchen = "debug"
                [queue]
                max_queue_size = 5
                """;

        assertThat(read(text).isRight()).isFalse();
        assertThat(String.join("\n", problems(text)) + "\n").isEqualTo("""
                        2:8: server.port: must be a whole number from 1 to 65535
                        3:1: server: unknown key "prot"; did you mean "port"?
                        5:12: routing.strategy: there is no "fastest"; use one of smart, round-robin, priority-only, random, least-busy, latency
                        7:5: routing.aliases.a: Circular alias detected: 'a' eventually points back to 'b' (a -> b -> a); take one of them out
                        10:17: routing.policies[0].model_pattern: has a bracket, which patterns do not know; use * for any text and ? for one character
                        11:24: routing.policies[0].max_cost_per_request: has no effect, as in Nexus; limit what is spent by [routing.budget]
                        12:20: routing.policies[0].fallback_allowed: has no effect, as in Nexus; who may stand in is said by [routing.fallbacks]
                        13:11: routing.policies[0].privacy: is no degree of its own and counts as "restricted"; use one of unrestricted, restricted
                        15:32: routing.budget.reconciliation_interval_secs: has no effect, as in Nexus; money counts as it is spent
                        18:7: backends[0].url: is empty; write something into it
                        19:8: backends[0].type: there is no kind "vlm"; did you mean "vllm"?
                        20:8: backends[0].zone: is no degree of its own and counts as "restricted"; use one of restricted, open
                        21:8: backends[0].tier: must be a whole number from 1 to 5
                        23:8: backends[1].name: is the name of the backend in line 17, too; give it another
                        25:15: backends[1].api_key_env: the environment variable GONE is not set, so this backend is left out; set it, or name it in --env-file
                        29:15: backends[2].api_key_env: must be the name of an environment variable, in capitals, and not the key
                        30:1: backends[2]: unknown key "api_key"; write "api_key_env"
                        32:10: logging.format: is not to be had: lines are for people here; collectors get traces by the environment's OTEL_EXPORTER_OTLP_ENDPOINT
                        34:11: logging.component_levels.kitchen: has no effect, for there is no such part here; there are agent, api, config, discovery, health, metrics, queue, registry, routing
                        36:1: queue: unknown key "max_queue_size"; write "max_size"
                        """);
    }

    @Test
    void mistakesOfGrammarAreToldAtOnce() {
        assertThat(problems("""
                [server
                host = "a
                port = 80 80
                level = info
                [[backends]
                """))
                .containsExactly(
                        "1:8: a bracket is not closed before the end of the line; close it",
                        "2:10: a quote is not closed before the end of the line; close it",
                        "3:11: the line should end here; write one key a line, and text in quotes",
                        "4:12: the line should end here; write one key a line, and text in quotes",
                        "5:11: this is not TOML; expected ]] or .");
    }

    @Test
    void whatIsThereTwiceDoesNotHideTheRest() {
        assertThat(problems("[server]\nport = 1\nport = 2\nprot = 3\n"))
                .containsExactly(
                        "3:1: this is already in line 2; keep one of the two",
                        "4:1: server: unknown key \"prot\"; did you mean \"port\"?");
    }

    @Test
    void aHostileFileIsRefused() {
        assertThat(problems("a = " + "[".repeat(100_000))).containsExactly("1:1: is nested too deep; make it flatter");
        assertThat(problems("a = " + "[".repeat(80) + "]".repeat(80)))
                .allMatch(problem -> problem.contains("is nested deeper than 64 levels"));
    }
}

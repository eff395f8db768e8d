package io.llmnet.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.registry.Breaker;
import io.llmnet.settings.PoolSettings.Bounds;
import io.llmnet.settings.PoolSettings.Door;
import io.llmnet.settings.PoolSettings.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmPoolTest {
    private static final String FILE = "llm-pool.toml";
    private static final Path SHIPPED = Path.of("src/test/resources/llm-pool/llm-pool.toml");
    private static final String ONE = """
            [[providers]]
            name = "one"
            driver = "ollama"
            base_url = "http://h"
            model = "m"
            tasks = ["t", "u"]
            """;
    private static final String TWO = ONE + """
            [[providers]]
            name = "two"
            type = "http"
            base_url = "http://h/v1"
            api_key = "$KEY"
            model = "n"
            tasks = ["t"]
            weight = 2.0
            timeout_ms = 100
            """;

    private static SettingsFile.Read read(String text) {
        return SettingsFile.read(
                FILE, text, Map.of("KEY", "secret-1", "REDIS_URL", "redis://:secret-2@127.0.0.1:6379")::get);
    }

    private static GatewaySettings right(String text) {
        SettingsFile.Read read = read(text);
        assertThat(read.problems()).isEmpty();
        return read.settings().gateway();
    }

    private static Council task(String text, String name) {
        return requireNonNull(right(text).pool().tasks().get(name)).council();
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(FILE + ":", ""))
                .toList();
    }

    @Test
    void theFileThatLlmPoolShipsIsServedAsItStands() throws IOException {
        SettingsFile.Read read = SettingsFile.read(SHIPPED.toString(), Files.readString(SHIPPED), name -> null);

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().host()).isNull();
        assertThat(read.settings().port()).isNull();
        GatewaySettings gateway = read.settings().gateway();
        assertThat(gateway.discovery().machine() || gateway.discovery().mdns()).isFalse();
        assertThat(gateway.backends()).allSatisfy(backend -> {
            assertThat(backend.kind()).isEqualTo("ollama");
            assertThat(backend.url()).hasToString("http://127.0.0.1:11434");
            assertThat(backend.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(gateway.backends())
                .extracting(Listed::name, Listed::models)
                .map(Object::toString)
                .containsExactly(
                        "(\"ollama-phi3-mini\", [\"phi3:mini\"])",
                        "(\"ollama-llama31-8b\", [\"llama3.1:8b\"])",
                        "(\"ollama-gemma2-9b\", [\"gemma2:9b\"])");
        PoolSettings pool = gateway.pool();
        Map<String, String> tasks = pool.tasks().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey,
                        each -> each.getValue().council().strategy() + " "
                                + each.getValue().council().seats().stream()
                                        .map(Seat::model)
                                        .toList()));
        assertThat(tasks)
                .containsOnly(
                        Map.entry("expand_queries", "FASTEST [phi3:mini, llama3.1:8b]"),
                        Map.entry("enrich_metadata", "FASTEST [phi3:mini]"),
                        Map.entry("recovery_plan", "FASTEST [phi3:mini, llama3.1:8b]"),
                        Map.entry("judge", "FASTEST [llama3.1:8b, gemma2:9b]"),
                        Map.entry("site_tactics", "JUDGE [llama3.1:8b]"),
                        Map.entry("rerank_candidates", "JUDGE [llama3.1:8b, gemma2:9b]"));
        Task rerank = requireNonNull(pool.tasks().get("rerank_candidates"));
        Seat llama = new Seat("ollama-llama31-8b", "llama3.1:8b", "ollama-llama31-8b", 1);
        assertThat(rerank)
                .isEqualTo(new Task(
                        new Council(
                                "rerank_candidates",
                                Strategy.JUDGE,
                                List.of(llama, new Seat("ollama-gemma2-9b", "gemma2:9b", "ollama-gemma2-9b", 0.8)),
                                null,
                                Terms.USUAL.with(new Terms.Judge(llama, 128, Duration.ofMillis(700), 0.7))),
                        true,
                        null,
                        null,
                        null,
                        null));
        assertThat(pool)
                .isEqualTo(new PoolSettings(
                        new Door("0.0.0.0", 7071),
                        new Door("0.0.0.0", 7070),
                        null,
                        Bounds.USUAL,
                        pool.tasks(),
                        null,
                        new Breaker.Terms(50, 10, 0.1, Duration.ofMinutes(5)),
                        SHIPPED.toAbsolutePath().resolveSibling("prompts")));
        assertThat(gateway.cache()).isEqualTo(CacheSettings.USUAL);
    }

    @Test
    void allThatCanBeSaidCounts() {
        GatewaySettings gateway = right("""
                [server]
                grpc_addr = "127.0.0.1:1"
                http_addr = "127.0.0.1:2"
                enable_http = false
                [qos]
                max_deadline_ms = 1000
                hedge_after_ms = 0
                max_prompt_bytes = 10
                max_tokens_default = 20
                [ensemble]
                default = "consensus"
                strategy_by_task.u = "Voting"
                [consensus]
                threshold = 0.6
                fallback_strategy = "weighted"
                [breaker]
                fail_rate = 0.5
                window_size = 4
                open_cooldown_ms = 1000
                [cache]
                enabled = false
                driver = "redis"
                url = "$REDIS_URL"
                ttl_seconds = 60
                [judge]
                model_provider = "two"
                max_tokens = 64
                deadline_ms = 300
                fallback = "fastest"
                """ + TWO);

        PoolSettings pool = gateway.pool();
        assertThat(pool.http()).isNull();
        assertThat(pool.grpc()).isEqualTo(new Door("127.0.0.1", 1));
        assertThat(pool.bounds()).isEqualTo(new Bounds(Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 20));
        assertThat(pool.breaker()).isEqualTo(new Breaker.Terms(4, 4, 0.5, Duration.ofSeconds(1)));
        assertThat(gateway.cache())
                .isEqualTo(new CacheSettings(
                        false,
                        false,
                        "redis://:secret-2@127.0.0.1:6379",
                        Duration.ofMinutes(1),
                        10_000,
                        256L << 20,
                        null));
        Council consensus = requireNonNull(pool.tasks().get("t")).council();
        Council voting = requireNonNull(pool.tasks().get("u")).council();
        assertThat(consensus.strategy()).isEqualTo(Strategy.CONSENSUS);
        assertThat(consensus.terms().agreement()).isEqualTo(0.6);
        assertThat(consensus.terms().fallback()).isEqualTo(Strategy.WEIGHTED);
        assertThat(consensus.terms().hedgeAfter()).isEqualTo(Duration.ZERO);
        assertThat(consensus.terms().judge())
                .isEqualTo(new Terms.Judge(new Seat("two", "n", "two", 2), 64, Duration.ofMillis(300), 0.7));
        assertThat(voting.strategy()).isEqualTo(Strategy.VOTING);
        assertThat(voting.terms().fallback()).isEqualTo(Strategy.FASTEST);
        Listed two = gateway.backends().get(1);
        assertThat(two.kind()).isEqualTo("generic");
        assertThat(two.url()).hasToString("http://h");
        assertThat(two.apiKey()).isEqualTo("secret-1");
        assertThat(two.weight()).isEqualTo(2);
        assertThat(two.timeouts().firstByte()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whoJudgesIsFoundWhereNobodySays() {
        Terms.Judge heaviest = task(TWO, "t").terms().judge();
        Terms.Judge named = task(TWO.replace("[\"t\", \"u\"]", "[\"t\", \"judge\"]"), "t")
                .terms()
                .judge();

        assertThat(heaviest)
                .isEqualTo(new Terms.Judge(new Seat("two", "n", "two", 2), 128, Duration.ofMillis(700), 0.7));
        assertThat(requireNonNull(named).seat().name()).isEqualTo("one");
    }

    @Test
    void oneAddressAloneIsTheGrpcDoors() {
        PoolSettings pool =
                right("server.listen_addr = \"127.0.0.1:9\"\n" + ONE).pool();

        assertThat(pool.grpc()).isEqualTo(new Door("127.0.0.1", 9));
        assertThat(pool.http()).isEqualTo(new Door("0.0.0.0", 7071));
    }

    @Test
    void templatesOfOnesOwnLieBesideTheFileThoughTheyMayComeLater(@TempDir Path folder) {
        SettingsFile.Read read = SettingsFile.read(folder.resolve(FILE).toString(), ONE, name -> null);

        assertThat(read.settings().gateway().pool().prompts()).isEqualTo(folder.resolve("prompts"));
    }

    @ParameterizedTest
    @CsvSource({
        "nexus.toml,[server],8000",
        "other.toml,[server],8000",
        "other.toml,[qos],",
        "other.toml,[[providers]],",
        "a/llm-pool.toml,[server],"
    })
    void whoseSettingsItIsIsToldByNameOrTables(String file, String text, Integer port) {
        assertThat(SettingsFile.read(file, text, name -> null).settings().port())
                .isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[server]|1:1: providers: No providers configured; add one under [[providers]]",
                "[qos]\\nmax_deadline_ms = 0|2:19: qos.max_deadline_ms: max_deadline_ms must be positive; write"
                        + " milliseconds such as 1500",
                "[qos]\\nmax_deadline_ms = -5|2:19: qos.max_deadline_ms: max_deadline_ms must be positive; write"
                        + " milliseconds such as 1500",
                "[server]\\nhttp_addr = 'here'|2:13: server.http_addr: must be an address such as 127.0.0.1:7071, or a"
                        + " port",
                "[server]\\nhttp_addr = ':7070'|2:13: server.http_addr: has the port of the gRPC service; give it"
                        + " another",
                "[ensemble]\\ndefault_strategy = 'FASTES'|2:20: ensemble.default_strategy: there is no \"fastes\"; did"
                        + " you mean \"fastest\"?",
                "[ensemble]\\nstrategy_by_task.t = 'best'|2:22: ensemble.strategy_by_task.t: there is no \"best\"; use"
                        + " one of fastest, voting, weighted, consensus, judge, merge, cascade",
                "[ensemble]\\nstrategy_by_task.tt = 'voting'|2:23: ensemble.strategy_by_task.tt: has no effect, for no"
                        + " provider does this task; did you mean \"t\"?",
                "[ensemble]\\ndefault = 'voting'\\ndefault_strategy = 'voting'|2:11: ensemble.default: has no effect"
                        + " beside \"default_strategy\"; take it out",
                "[consensus]\\nfallback_strategy = 'consensus'|2:21: consensus.fallback_strategy: is the strategy"
                        + " itself; take it out, or name another",
                "[judge]\\nfallback_strategy = 'judge'|2:21: judge.fallback_strategy: is the strategy itself; take it"
                        + " out, or name another",
                "[consensus]\\nfallback_strategy = 'cascade'|2:21: consensus.fallback_strategy: cascade cannot decide in"
                        + " place of consensus; use one of voting, weighted, fastest, judge, merge",
                "[judge]\\nfallback = 'CONSENSUS'|2:12: judge.fallback: consensus cannot decide in place of judge; use"
                        + " one of voting, weighted, fastest",
                "[judge]\\nmodel_provider = 'onne'|2:18: judge.model_provider: there is no provider \"onne\"; did you"
                        + " mean \"one\"?",
                "[cache]\\ndriver = 'redis'|2:10: cache.driver: redis needs a \"url\" like redis://127.0.0.1:6379/0",
                "[cache]\\nkey_fields = ['task', 'mood']|2:14: cache.key_fields: has a field that is not known;"
                        + " answers are told apart by task, prompt, max_tokens, strategy, tenant and project in any"
                        + " case",
                "[tenancy.acme]\\napi_key = 'secret-4'|1:1: the key \"tenancy\" has no effect in this release; it"
                        + " comes in a later one",
                "[quality]|1:1: unknown key \"quality\"; it has no effect"
            })
    void whatIsWrongIsToldWhereItStands(String text, String problem) {
        String whole = text.replace("\\n", "\n") + "\n" + (text.equals("[server]") ? "" : ONE);

        assertThat(problems(whole)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = \"one\"|name = \"\"|providers[0].name: is empty; write something into it",
                "driver = \"ollama\"|driver = \"olama\"|providers[0].driver: there is no kind \"olama\"; did you mean"
                        + " \"ollama\"?",
                "driver = \"ollama\"|driver = \"ollama\"\\ntype = \"vllm\"|providers[0].type: has no effect beside"
                        + " \"driver\"; take it out",
                "base_url = \"http://h\"|base_url = \"h\"|providers[0].base_url: must begin with http:// or https://;"
                        + " write it like http://127.0.0.1:8000",
                "base_url|url|providers[0]: unknown key \"url\"; write \"base_url\"",
                "model = \"m\"|#|providers[0]: the key \"model\" is missing; add it",
                "tasks = [\"t\", \"u\"]|#|providers[0]: the key \"tasks\" is missing; add it",
                "tasks = [\"t\", \"u\"]|tasks = []|providers[0].tasks: is empty, so this provider is never asked; name"
                        + " what it does",
                "tasks = [\"t\", \"u\"]|tasks = [\"t\", \"t\"]|providers[0].tasks[1]: is in the list already; take it"
                        + " out",
                "tasks = [\"t\", \"u\"]|tasks = [1]|providers[0].tasks[0]: must be the name of a task"
            })
    void whatIsWrongWithAProviderIsTold(String right, String wrong, String problem) {
        assertThat(problems(ONE.replace(right, wrong.replace("\\n", "\n"))))
                .anySatisfy(told -> assertThat(told).endsWith(": " + problem));
    }

    @Test
    void twoProvidersOfOneNameAreAMistake() {
        assertThat(problems(ONE + ONE))
                .containsExactly("8:8: providers[1].name: is the name of the backend in line 2, too; give it another");
    }
}

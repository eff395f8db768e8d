package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Paths;
import io.llmnet.backend.Timeouts;
import io.llmnet.config.Problem;
import io.llmnet.dispatch.Terms;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Price;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules;
import io.llmnet.settings.GatewaySettings.Budget;
import io.llmnet.settings.GatewaySettings.Discovery;
import io.llmnet.settings.GatewaySettings.Fleet;
import io.llmnet.settings.GatewaySettings.Lifecycle;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {
    private static final String FILE = "llmnet.yaml";
    private static final Map<String, String> ENVIRONMENT = Map.of("DESK_KEY", "secret-1", "HOST", "desk", "NONE", "");

    private static SettingsFile.Read read(String text) {
        return SettingsFile.read(FILE, text, ENVIRONMENT::get);
    }

    private static GatewaySettings right(String text) {
        SettingsFile.Read read = read(text);
        assertThat(read.problems()).isEmpty();
        return read.settings().gateway();
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream()
                .map(Problem::toString)
                .map(problem -> problem.replace(FILE + ":", ""))
                .toList();
    }

    @Test
    void aBackendIsAllThatIsSaidOfIt() {
        GatewaySettings gateway = right("""
                timeouts: {connect: 1s}
                backends:
                  - name: desk
                    url: http://$HOST:11434/v1/
                    kind: Ollama
                    api-key: ${DESK_KEY}
                    zone: OPEN
                    tier: 2
                    priority: 10
                    weight: 1.5
                    max-concurrent: 4
                    models: ["qwen*"]
                    timeouts: {idle: 9s}
                  - {name: other, url: "http://127.0.0.1:1234"}
                """);

        Timeouts timeouts = Timeouts.DEFAULT.but(Duration.ofSeconds(1), null, null);
        assertThat(gateway.backends())
                .containsExactly(
                        new Listed(
                                "desk",
                                URI.create("http://desk:11434"),
                                "ollama",
                                "secret-1",
                                Zone.OPEN,
                                2,
                                10,
                                1.5,
                                4,
                                List.of("qwen*"),
                                timeouts.but(null, null, Duration.ofSeconds(9))),
                        new Listed(
                                "other",
                                URI.create("http://127.0.0.1:1234"),
                                null,
                                null,
                                null,
                                1,
                                50,
                                1,
                                0,
                                List.of(),
                                timeouts));
        assertThat(gateway.backends().toString()).doesNotContain("secret-1");
    }

    @Test
    void aListedBackendIsRegisteredOnceItsKindIsKnown() {
        Listed listed = right("backends: [{name: a, url: 'http://h', max-concurrent: 3}]")
                .backends()
                .get(0);

        Registration registration =
                listed.registration("openai", Backend.Speaks.OPENAI, Paths.of(Backend.Speaks.OPENAI), Zone.OPEN);

        assertThat(registration)
                .isEqualTo(new Registration(
                        new Backend("a", Backend.Speaks.OPENAI, URI.create("http://h"), null, Timeouts.DEFAULT),
                        "openai",
                        Zone.OPEN,
                        1,
                        50,
                        1,
                        3,
                        List.of(),
                        Source.FILE));
    }

    @ParameterizedTest
    @CsvSource({"llama.cpp,llamacpp", "LM Studio,lmstudio", "VLLM,vllm", "tgi,tgi"})
    void aKindIsKnownHoweverItIsWritten(String written, String kind) {
        assertThat(right("backends: [{name: a, url: 'http://h', kind: %s}]".formatted(written))
                        .backends())
                .extracting(Listed::kind)
                .containsExactly(kind);
    }

    @Test
    void whatIsSaidOfModelsIsKept() {
        Map<String, ModelFacts> models = right("""
                models:
                  qwen3: {context: 32768, max-output: 8192, vision: false, tools: true, price: {prompt: 0.10, completion: 0.4}}
                  gpt-4: {json: true}
                  e5: {embeddings: true, reasoning: false}
                """).models();

        assertThat(models.get("qwen3"))
                .isEqualTo(new ModelFacts(
                        new Capabilities(
                                32768,
                                8192,
                                Ability.NO,
                                Ability.YES,
                                Ability.UNKNOWN,
                                Ability.UNKNOWN,
                                Ability.UNKNOWN),
                        new Price(0.1, 0.4)));
        assertThat(models.get("gpt-4"))
                .extracting(ModelFacts::price)
                .as("what clouds usually take, where nothing else is said")
                .isEqualTo(new Price(30, 60));
        assertThat(models.get("e5"))
                .isEqualTo(new ModelFacts(
                        new Capabilities(
                                0, 0, Ability.UNKNOWN, Ability.UNKNOWN, Ability.UNKNOWN, Ability.YES, Ability.NO),
                        null));
    }

    @Test
    void allThatIsSaidOfChoosingAndAskingCounts() {
        GatewaySettings gateway = right("""
                aliases: {gpt-4o: qwen3, mini: gpt-4o}
                fallbacks: {qwen3: [llama3.1, phi4]}
                routing:
                  strategy: Round_Robin
                  weights: {priority: 1, load: 0}
                  sticky: false
                  policies:
                    - {models: "gpt-*", zone: Restricted, tier: 3, strict: false}
                    - {models: "*"}
                retry: {attempts: 2, budget: 0}
                hedge: {enabled: false, after: P95, at-least: 1s, budget: 0.05}
                breaker: {window: 4, failure-rate: 0.9, open: 5s}
                queue: {size: 0, wait: 2s}
                continue-broken-streams: false
                quality: {window: 10m, min-samples: 3, max-error-rate: 0.1, slow: 250ms}
                """);

        assertThat(gateway.rules())
                .isEqualTo(new Rules(
                        Rules.Strategy.ROUND_ROBIN,
                        new Rules.Weights(1, 0, 20),
                        Map.of("gpt-4o", "qwen3", "mini", "gpt-4o"),
                        Map.of("qwen3", List.of("llama3.1", "phi4")),
                        List.of(
                                new Rules.Policy("gpt-*", Zone.RESTRICTED, 3, false),
                                new Rules.Policy("*", null, 0, true)),
                        false,
                        new Rules.Quality(Duration.ofMinutes(10), 3, 0.1, Duration.ofMillis(250))));
        assertThat(gateway.terms())
                .isEqualTo(new Terms(
                        2,
                        0,
                        new Terms.Hedge(false, Duration.ofSeconds(1), 0.05),
                        new Breaker.Terms(4, 4, 0.9, Duration.ofSeconds(5)),
                        new Terms.Queue(0, Duration.ofSeconds(2))));
        assertThat(gateway.continueBrokenStreams()).isFalse();
    }

    @Test
    void allThatIsSaidOfFindingAndPayingCounts() {
        GatewaySettings gateway = right("""
                discovery:
                  machine: false
                  sweep: 1s
                  ports: [8000, 8010]
                  mdns: false
                  services: [_ollama._tcp, _x._tcp.local.]
                  announce: false
                  checks: false
                  every: 10s
                  timeout: 1s
                  grace: 5s
                  failures: 1
                  recoveries: 4
                budget: {monthly: 50.5, soft: 0.5, hard-action: REFUSE}
                fleet: {enabled: false, sample-days: 1, min-requests: 2, every: 1m, max-recommendations: 3}
                lifecycle: {timeout: 1m}
                """);

        assertThat(gateway.discovery())
                .isEqualTo(new Discovery(
                        false,
                        Duration.ofSeconds(1),
                        List.of(8000, 8010),
                        false,
                        List.of("_ollama._tcp.local", "_x._tcp.local"),
                        false,
                        false,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        new Registry.Thresholds(1, 4),
                        true));
        assertThat(gateway.budget()).isEqualTo(new Budget(50.5, 0.5, Budget.HardAction.REFUSE));
        assertThat(gateway.fleet()).isEqualTo(new Fleet(false, 1, 2, Duration.ofMinutes(1), 3));
        assertThat(gateway.lifecycle()).isEqualTo(new Lifecycle(Duration.ofMinutes(1)));
    }

    @Test
    void whatCannotComeTrueIsTold() {
        assertThat(problems("""
                discovery: {swarm: true}
                lifecycle: {vram-headroom: 0.1, vram-assumed: 8GiB}
                fleet: {sample-days: 15}
                """))
                .containsExactly(
                        "1:13: discovery: the key \"swarm\" has no effect in this release; it comes in a later one",
                        "2:28: lifecycle.vram-headroom: has no effect, for no server tells how much memory it has;"
                                + " take it out",
                        "2:47: lifecycle.vram-assumed: has no effect, for no server tells how much memory it has;"
                                + " take it out",
                        "3:22: fleet.sample-days: must be a whole number from 1 to 14");
    }

    @Test
    void thePatienceWithServersOfWhichNobodySaysAnyIsTheFiles() {
        assertThat(right("timeouts: {connect: 1s}").timeouts())
                .isEqualTo(Timeouts.DEFAULT.but(Duration.ofSeconds(1), null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"deadline: 5m", "# nothing\n\n  # at all\n", "backends:\nrouting: {}\nhedge: {}\nbudget: {}"})
    void whatNobodySaysGoesWithoutSaying(String text) {
        assertThat(right(text)).isEqualTo(GatewaySettings.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$GONE", "Bearer ${GONE}", "$NONE"})
    void aBackendWithoutItsKeyIsLeftOut(String key) {
        String text =
                "backends:\n  - {name: a, url: http://h, api-key: '%s'}\n  - {name: b, url: http://i}".formatted(key);

        assertThat(read(text).isRight()).isTrue();
        assertThat(read(text).settings().gateway().backends())
                .extracting(Listed::name)
                .containsExactly("b");
        String variable = key.contains("GONE") ? "GONE" : "NONE";
        assertThat(problems(text))
                .containsExactly("2:39: backends[0].api-key: the environment variable " + variable
                        + " is not set, so this backend is left out; set it, or name it in --env-file");
    }

    @Test
    void aDollarInAKeyIsWrittenTwice() {
        assertThat(right("backends: [{name: a, url: 'http://h', api-key: 'a$$GONE'}]")
                        .backends())
                .extracting(Listed::apiKey)
                .containsExactly("a$GONE");
    }

    @Test
    void allMistakesInBackendsAreToldAtOnce() {
        assertThat(problems("""
                backends:
                  - {name: a, url: "http://h", kind: olama, tier: 6}
                  - {name: a, url: "ftp://h", zone: internal}
                  - {url: "http://h?x=1", zone: home, max_concurrent: 3}
                  - {name: "ü", url: "http://h", api-key: "a\\nb", weight: 0, models: ["x[1]", 2]}
                  - {name: " "}
                """))
                .containsExactly(
                        "2:38: backends[0].kind: there is no kind \"olama\"; did you mean \"ollama\"?",
                        "2:51: backends[0].tier: must be a whole number from 1 to 5",
                        "3:12: backends[1].name: is the name of the backend in line 2, too; give it another",
                        "3:20: backends[1].url: must begin with http:// or https://; write it like"
                                + " http://127.0.0.1:8000",
                        "3:37: backends[1].zone: is no degree of its own and counts as \"restricted\"; use one of"
                                + " restricted, open",
                        "4:5: backends[2]: the key \"name\" is missing; add it",
                        "4:11: backends[2].url: must end before \"?\" and \"#\"; take them out",
                        "4:33: backends[2].zone: there is no \"home\"; use one of restricted, open",
                        "4:39: backends[2]: unknown key \"max_concurrent\"; did you mean \"max-concurrent\"?",
                        "5:12: backends[3].name: must be up to 100 letters, digits and signs of ASCII, for headers"
                                + " name it",
                        "5:43: backends[3].api-key: holds characters that no header can bear; correct it",
                        "5:59: backends[3].weight: must be a number from 0.001 to 1000",
                        "5:71: backends[3].models[0]: has a bracket, which patterns do not know; use * for any text"
                                + " and ? for one character",
                        "5:79: backends[3].models[1]: must be the name of a model, or a pattern such as \"gpt-*\"",
                        "6:5: backends[4]: the key \"url\" is missing; add it",
                        "6:12: backends[4].name: is empty; write something into it");
    }

    @Test
    void allMistakesInNamesOfModelsAreToldAtOnce() {
        assertThat(problems("""
                aliases:
                  a: b
                  b: c
                  c: a
                  d: a
                  e: e
                  f: ""
                  g: 7
                  h: x
                fallbacks:
                  x: [y, x, y]
                  h: [y]
                  z: [1]
                """))
                .containsExactly(
                        "2:6: aliases.a: Circular alias detected: 'a' eventually points back to 'c'"
                                + " (a -> b -> c -> a); take one of them out",
                        "6:6: aliases.e: is an alias of itself; take it out, or name another model",
                        "7:6: aliases.f: is empty; write the name of a model",
                        "8:6: aliases.g: must be text, not a number; put it in quotes",
                        "11:10: fallbacks.x[1]: is the model itself; take it out of its own fallbacks",
                        "11:13: fallbacks.x[2]: is in the list already; take it out",
                        "12:6: fallbacks.h: is an alias, and aliases are followed first, so these are never asked;"
                                + " write them for \"x\"",
                        "13:7: fallbacks.z[0]: must be the name of a model");
    }

    @Test
    void allMistakesInHowItIsDoneAreToldAtOnce() {
        assertThat(problems("""
                discovery: {every: often, services: [ollama], interval: 3s}
                routing:
                  strategy: smrt
                  weights: {priority: 0, load: 0, latency: 0}
                  policies:
                    - {zone: open}
                    - {models: "gpt-[", tier: 0, zone: Confidential}
                hedge: {after: p50}
                breaker: {window: 3, min-samples: 4}
                retry: {attempts: 0, budget: 1.1}
                queue: {size: -1}
                budget: {monthly: 0, hard-action: block}
                quality: {window: 2h, max-error-rate: "no"}
                models: {m: {price: {prompt: -1}, context: 0, tols: true}}
                """))
                .containsExactly(
                        "1:20: discovery.every: must be a time such as 250ms, 30s or 5m",
                        "1:38: discovery.services[0]: must be a type of services such as _ollama._tcp.local",
                        "1:47: discovery: unknown key \"interval\"; write \"every\"",
                        "3:13: routing.strategy: there is no \"smrt\"; did you mean \"smart\"?",
                        "4:12: routing.weights: are all 0; give at least one of them a number above 0",
                        "6:7: routing.policies[0]: the key \"models\" is missing; add it",
                        "7:16: routing.policies[1].models: has a bracket, which patterns do not know; use * for any"
                                + " text and ? for one character",
                        "7:31: routing.policies[1].tier: must be a whole number from 1 to 5",
                        "7:40: routing.policies[1].zone: is no degree of its own and counts as \"restricted\"; use"
                                + " one of restricted, open",
                        "8:16: hedge.after: there is no \"p50\"; use one of p95",
                        "9:35: breaker.min-samples: must be at most the window, which is 3",
                        "10:19: retry.attempts: must be a whole number from 1 to 100",
                        "10:30: retry.budget: must be a number from 0 to 1",
                        "11:15: queue.size: must be a whole number from 0 to 1000000",
                        "12:19: budget.monthly: must be a number from 0.01 to 1000000000",
                        "12:35: budget.hard-action: there is no \"block\"; use one of warn, local-only, refuse",
                        "13:19: quality.window: must be 1h at most, for no more is remembered",
                        "13:39: quality.max-error-rate: must be a number from 0 to 1",
                        "14:30: models.m.price.prompt: must be a number from 0 to 1000000000",
                        "14:44: models.m.context: must be a whole number from 1 to 2147483647",
                        "14:47: models.m: unknown key \"tols\"; did you mean \"tools\"?");
    }
}

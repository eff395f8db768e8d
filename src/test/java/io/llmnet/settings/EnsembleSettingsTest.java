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
import io.llmnet.settings.PoolSettings.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleSettingsTest {
    private static final String FILE = "llmnet.yaml";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("REDIS_URL", "redis://:secret-2@127.0.0.1:6379/1", "WRONG", "http://secret-3");

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

    private static Council ensemble(String keys) {
        return requireNonNull(
                right("ensembles: {e: {" + keys + "}}").ensembles().get("e"));
    }

    private static Task task(String keys) {
        return requireNonNull(right("tasks: {t: {" + keys + "}}").pool().tasks().get("t"));
    }

    @Test
    void anEnsembleIsAllThatIsSaidOfIt() {
        Council council = ensemble("strategy: Judge, models: [a, {name: b1, model: b, backend: desk, weight: 2}],"
                + " deadline: 20s, hedge-after: 1s, quorum: 2, similarity: 0.5, likeness: EXACT, fallback: voting,"
                + " judge: {model: c, backend: big, max-tokens: 64, deadline: 700ms, share: 0.6}, seed: 7");

        assertThat(council)
                .isEqualTo(new Council(
                        "e",
                        Strategy.JUDGE,
                        List.of(Seat.of("a"), new Seat("b1", "b", "desk", 2)),
                        Duration.ofSeconds(20),
                        new Terms(
                                Duration.ofSeconds(1),
                                2,
                                0.5,
                                Terms.Likeness.EXACT,
                                0.7,
                                0.7,
                                Strategy.VOTING,
                                new Terms.Judge(new Seat("c", "c", "big", 1), 64, Duration.ofMillis(700), 0.6),
                                7)));
    }

    @Test
    void whatAnEnsembleDoesNotSayIsUsual() {
        assertThat(ensemble("strategy: voting, models: [a, b]"))
                .isEqualTo(new Council("e", Strategy.VOTING, List.of(Seat.of("a"), Seat.of("b")), null, Terms.USUAL));
    }

    @Test
    void aProfileSaysStrategyAndDeadlineUnlessTheyAreSaid() {
        Council robust = ensemble("profile: ROBUST, models: [a, b]");
        Council own = ensemble("profile: robust, strategy: voting, deadline: 1s, models: [a, b]");

        assertThat(robust.strategy()).isEqualTo(Strategy.CONSENSUS);
        assertThat(robust.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(own.strategy()).isEqualTo(Strategy.VOTING);
        assertThat(own.deadline()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aJudgeIsAModelByItsNameAndMergesAtAnyLength() {
        Terms.Judge picks =
                ensemble("strategy: judge, models: [a, b], judge: c").terms().judge();
        Terms.Judge merges =
                ensemble("strategy: merge, models: [a, b], judge: c").terms().judge();

        assertThat(picks).isEqualTo(Terms.Judge.of(Seat.of("c")));
        assertThat(requireNonNull(merges).maxTokens()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: [a, b]|the key \"strategy\" is missing; add one of fastest, voting, weighted, consensus, judge,"
                        + " merge, cascade",
                "strategy: votin, models: [a, b]|there is no \"votin\"; did you mean \"voting\"?",
                "profile: robst, models: [a, b]|there is no \"robst\"; did you mean \"robust\"?",
                "strategy: voting|the key \"models\" is missing; name those to ask",
                "strategy: voting, models: []|is empty; name those to ask",
                "strategy: voting, models: [a]|has one model only, so there is nothing to decide; name more",
                "strategy: voting, models: [a, 5]|must be a map of keys and values, not a number",
                "strategy: voting, models: [a, ' ']|must be the name of a model",
                "strategy: voting, models: [a, b, a]|is in the list already; take it out",
                "strategy: voting, models: [a, b, {model: a, backend: x}]|has the name of another, \"a\"; give it a"
                        + " \"name\"",
                "strategy: voting, models: [a, {name: b}]|the key \"model\" is missing; add it",
                "strategy: voting, models: [a, b], quorum: 3|must be at most the number of models, which is 2",
                "strategy: voting, models: [a, b], similarity: 2|must be a number from 0 to 1",
                "strategy: judge, models: [a, b]|judge needs a \"judge\"; name the model that picks, or merges",
                "profile: judge-mid, models: [a, b]|judge needs a \"judge\"; name the model that picks, or merges",
                "strategy: consensus, models: [a, b], fallback: merge|merge needs a \"judge\"; name the model that"
                        + " picks, or merges",
                "strategy: judge, models: [a, b], judge: c, fallback: judge|is the strategy itself; take it out, or"
                        + " name another",
                "strategy: judge, models: [a, b], judge: c, fallback: consensus|consensus cannot decide in"
                        + " place of judge; use one of voting, weighted, fastest",
                "strategy: judge, models: [a, b], judge: c, fallback: merge|merge cannot decide in place of judge; use"
                        + " one of voting, weighted, fastest",
                "strategy: merge, models: [a, b], judge: c, fallback: cascade|cascade cannot decide in place of merge;"
                        + " use one of voting, weighted, fastest",
                "strategy: consensus, models: [a, b], fallback: cascade|cascade cannot decide in place of consensus; use"
                        + " one of voting, weighted, fastest, judge, merge",
                "strategy: judge, models: [a, b], judge: {model: c, share: 1}|must be a number from 0.01 to 0.99",
                "strategy: voting, models: [a, b], judge: c|has no effect with the strategy voting; take it out",
                "strategy: voting, models: [a, b], threshold: 0.5|unknown key \"threshold\"; write \"agreement\"",
                "strategy: voting, models: [a, b], hedge_after_ms: 5|unknown key \"hedge_after_ms\"; write"
                        + " \"hedge-after\""
            })
    void whatIsWrongWithAnEnsembleIsSaidOnce(String keys, String problem) {
        List<String> problems = problems("ensembles: {e: {" + keys + "}}");

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("1:").endsWith(": " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "consensus, VOTING",
        "consensus, WEIGHTED",
        "consensus, FASTEST",
        "'judge, judge: c', VOTING",
        "'judge, judge: c', FASTEST",
        "'merge, judge: c', WEIGHTED",
        "'consensus, judge: c', JUDGE",
        "'consensus, judge: c', MERGE"
    })
    void whatCanDecideMayBeTheFallback(String strategy, Strategy fallback) {
        Terms terms = ensemble("strategy: " + strategy + ", models: [a, b], fallback: " + fallback)
                .terms();

        assertThat(terms.fallback()).isEqualTo(fallback);
    }

    @Test
    void theFallbackOfATaskMayBeForThoseWhoWantConsensus() {
        assertThat(task("strategy: voting, models: [a, b], judge: c, fallback: judge")
                        .council()
                        .terms()
                        .fallback())
                .isEqualTo(Strategy.JUDGE);
        assertThat(problems("tasks: {t: {strategy: voting, models: [a, b], fallback: cascade}}"))
                .singleElement()
                .asString()
                .endsWith("fallback: cascade cannot decide in place of consensus; use one of voting, weighted, fastest,"
                        + " judge, merge");
    }

    @Test
    void anEnsembleMayAskAnotherButNotItself() {
        String two = """
                aliases: {fast: race}
                ensembles:
                  race: {strategy: fastest, models: [a, %s]}
                  council: {strategy: voting, models: [fast, b]}
                """;

        assertThat(problems(two.formatted("c"))).isEmpty();
        assertThat(problems(two.formatted("council")))
                .containsExactly(
                        "3:9: ensembles.race: would ask itself: race -> council -> race; take one of them out");
        assertThat(problems(two.formatted("{name: other, model: council, backend: desk}")))
                .isEmpty();
    }

    @Test
    void anEnsembleThatHidesAnotherNameIsTold() {
        assertThat(problems("""
                aliases: {one: x}
                backends: [{name: desk, url: 'http://h', models: [two]}]
                ensembles:
                  one: {strategy: voting, models: [a, b]}
                  two: {strategy: voting, models: [a, b]}
                """))
                .containsExactly(
                        "4:8: ensembles.one: is an alias, too, which it hides; rename one of the two",
                        "5:8: ensembles.two: is a model of the backend \"desk\", too, which it hides; give it another"
                                + " name");
    }

    @Test
    void aTaskIsAnEnsembleAndMore() {
        Task task = task("strategy: consensus, models: [a, b], ttl: 1m, template: judge, semantic: 0.9,"
                + " temperature: 0.3, strategies: false");
        Task silent = task("strategy: fastest, models: [a, b]");

        assertThat(task)
                .isEqualTo(new Task(
                        new Council("t", Strategy.CONSENSUS, List.of(Seat.of("a"), Seat.of("b")), null, Terms.USUAL),
                        false,
                        Duration.ofMinutes(1),
                        "judge",
                        0.9,
                        0.3));
        assertThat(silent).isEqualTo(new Task(silent.council(), true, null, null, null, null));
        assertThat(task("strategy: fastest, models: [a, b], cache: false").ttl())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void aTaskMayHaveAnEnsembleAndChangeIt() {
        PoolSettings pool = right("""
                ensembles: {council: {strategy: voting, models: [a, b, c], quorum: 2, deadline: 2s}}
                tasks:
                  plain: {ensemble: council}
                  own: {ensemble: council, strategy: judge, judge: d, deadline: 1s}
                  default: {ensemble: council}
                """).pool();

        Council plain = requireNonNull(pool.tasks().get("plain")).council();
        Council own = requireNonNull(pool.tasks().get("own")).council();
        assertThat(pool.tasks()).containsOnlyKeys("plain", "own");
        assertThat(plain.name()).isEqualTo("plain");
        assertThat(plain.strategy()).isEqualTo(Strategy.VOTING);
        assertThat(plain.terms().quorum()).isEqualTo(2);
        assertThat(plain.deadline()).isEqualTo(Duration.ofSeconds(2));
        assertThat(own.strategy()).isEqualTo(Strategy.JUDGE);
        assertThat(own.seats()).isEqualTo(plain.seats());
        assertThat(own.terms().quorum()).isEqualTo(2);
        assertThat(own.terms().judge()).isEqualTo(Terms.Judge.of(Seat.of("d")));
        assertThat(own.deadline()).isEqualTo(Duration.ofSeconds(1));
        assertThat(Optional.ofNullable(pool.others()).map(task -> task.council().name()))
                .contains("default");
        assertThat(right("tasks: {'*': {strategy: fastest, models: [a, b]}}")
                        .pool()
                        .others())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t: {ensemble: counsil}|there is no ensemble \"counsil\"; did you mean \"council\"?",
                "t: {ensemble: council, models: [a, b]}|are named beside an \"ensemble\", which has its own; keep one"
                        + " of the two",
                "t: {strategy: fastest}|the key \"models\" is missing; name those to ask",
                "t: {ensemble: council, template: prompts/a.md}|must be the name of a template, such as judge, without"
                        + " folder and ending",
                "t: {ensemble: council, cache: false, ttl: 1m}|has no effect where \"cache\" is false; take it out",
                "{default: {ensemble: council}, '*': {ensemble: council}}|means the same as \"default\", which is"
                        + " there, too; keep one of the two",
                "t: {ensemble: wrong}|there is no \"x\"; use one of fastest, voting, weighted, consensus, judge,"
                        + " merge, cascade"
            })
    void whatIsWrongWithATaskIsSaidOnce(String tasks, String problem) {
        String wrong = problem.contains("\"x\"") ? ", wrong: {strategy: x, models: [a, b]}" : "";
        List<String> problems = problems("ensembles: {council: {strategy: voting, models: [a, b]}" + wrong
                + "}\ntasks: " + (tasks.startsWith("{") ? tasks : "{" + tasks + "}"));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).endsWith(": " + problem);
    }

    @Test
    void withoutASectionOnlyAnswersOfTasksAreKept() {
        assertThat(right("deadline: 5m").cache()).isEqualTo(CacheSettings.USUAL);
        assertThat(right("cache: {}").cache())
                .isEqualTo(new CacheSettings(true, true, null, Duration.ofMinutes(15), 10_000, 256L << 20, null));
        assertThat(right("cache: {chats: false, tasks: false, ttl: 1m, entries: 5, size: 1MiB, semantic: {}}")
                        .cache())
                .isEqualTo(new CacheSettings(false, false, null, Duration.ofMinutes(1), 5, 1 << 20, 0.95));
        assertThat(right("cache: {semantic: {threshold: 0.9}}").cache().semantic())
                .isEqualTo(0.9);
        assertThat(right("cache: {semantic: {enabled: false, threshold: 0.9}}")
                        .cache()
                        .semantic())
                .isNull();
    }

    @Test
    void questionsAreComparedWhereTheCacheOrATaskSaysSo() {
        String task = "tasks: {t: {strategy: fastest, models: [a, b]";

        assertThat(right("cache: {semantic: {}}").comparesQuestions()).isTrue();
        assertThat(right(task + ", semantic: 0.9}}").comparesQuestions()).isTrue();
        assertThat(right(task + "}}\ncache: {}").comparesQuestions()).isFalse();
    }

    @Test
    void answersMayBeInRedisWhoseAddressIsNeverShown() {
        CacheSettings cache = right("cache: {store: Redis, url: $REDIS_URL}").cache();

        assertThat(cache.url()).isEqualTo("redis://:secret-2@127.0.0.1:6379/1");
        assertThat(cache.toString()).isEqualTo("CacheSettings[redis, ttl=PT15M]");
        assertThat(right("cache: {url: $REDIS_URL}").cache().url()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store: redis|redis needs a \"url\" like redis://127.0.0.1:6379/0",
                "store: disk|there is no \"disk\"; use one of memory, redis",
                "url: $WRONG|must be the address of a Redis server, like redis://127.0.0.1:6379/0",
                "url: 'redis://a b'|is not an address; write it like redis://127.0.0.1:6379/0",
                "store: memory, url: $UNSET|has no effect with the store memory; write \"store\": \"redis\"",
                "url: $REDIS_URL, entries: 5|has no effect with the store redis, which has limits of its own; take it"
                        + " out"
            })
    void whatIsWrongWithTheCacheIsSaidWithoutItsSecrets(String keys, String problem) {
        assertThat(problems("cache: {" + keys + "}"))
                .singleElement()
                .satisfies(told -> assertThat(told).endsWith(": " + problem).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7071,127.0.0.1,7071",
        "7071,127.0.0.1,7071",
        "':7071',127.0.0.1,7071",
        "'0.0.0.0:0',0.0.0.0,0",
        "'[::1]:7071',::1,7071",
        "false,,",
        "null,,"
    })
    void aDoorIsAnAddressOrAPort(String written, @Nullable String host, @Nullable Integer port) {
        PoolSettings pool = right("pool: {http: " + (written.contains(":") ? "'" + written + "'" : written) + "}")
                .pool();

        assertThat(pool.http()).isEqualTo(host == null || port == null ? null : new Door(host, port));
        assertThat(pool.grpc()).isNull();
    }

    @Test
    void thePoolIsAllThatIsSaidOfIt(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("prompts"));
        Files.writeString(folder.resolve("a.pem"), "a");
        Files.writeString(folder.resolve("a.key"), "b");
        String text = """
                tasks: {t: {strategy: fastest, models: [a, b]}}
                pool:
                  grpc: 7070
                  tls: {certificate: a.pem, key: ./a.key}
                  max-deadline: 3s
                  deadline: 2s
                  max-prompt: 1KiB
                  max-tokens: 64
                  breaker: {window: 20, min-samples: 5, failure-rate: 0.2, open: 1m}
                  prompts: prompts
                """;
        SettingsFile.Read read = SettingsFile.read(folder.resolve(FILE).toString(), text, name -> null);

        assertThat(read.problems()).isEmpty();
        PoolSettings pool = read.settings().gateway().pool();
        assertThat(pool)
                .isEqualTo(new PoolSettings(
                        null,
                        new Door("127.0.0.1", 7070),
                        new Tls(folder.resolve("a.pem"), folder.resolve("a.key"), null),
                        new Bounds(Duration.ofSeconds(3), Duration.ofSeconds(2), 1024, 64),
                        pool.tasks(),
                        null,
                        new Breaker.Terms(20, 5, 0.2, Duration.ofMinutes(1)),
                        folder.resolve("prompts")));
        assertThat(pool.tasks()).containsOnlyKeys("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: here|must be an address such as 127.0.0.1:7071, or a port",
                "http: true|must be an address such as 127.0.0.1:7071, or a port, or false",
                "http: 70000|must be an address such as 127.0.0.1:7071, or a port",
                "http: 7070, grpc: '0.0.0.0:7070'|has the port of \"http\"; give it another",
                "deadline: 2s|must be at most \"max-deadline\", which is 1500ms; make that longer, too",
                "max-prompt: 4GiB|must be less than 2GiB",
                "breaker: {window: 5, min-samples: 6}|must be at most the window, which is 5",
                "prompts: nowhere|there is no such folder, or it cannot be read; correct it",
                "grpc: 7070, tls: {certificate: nowhere.pem}|the key \"key\" is missing; add it",
                "max_tokens_default: 5|unknown key \"max_tokens_default\"; write \"max-tokens\""
            })
    void whatIsWrongWithThePoolIsSaid(String keys, String problem) {
        assertThat(problems("pool: {" + keys + "}"))
                .anySatisfy(told -> assertThat(told).endsWith(": " + problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ensembles:", "tasks:", "cache:", "pool:"})
    void aSectionThatSaysNothingIsNone(String text) {
        assertThat(right(text)).isEqualTo(GatewaySettings.USUAL);
    }

    @Test
    void aShorterLimitIsTheUsualDeadlineToo() {
        assertThat(right("pool: {max-deadline: 1s}").pool().bounds().deadline()).isEqualTo(Duration.ofSeconds(1));
    }
}

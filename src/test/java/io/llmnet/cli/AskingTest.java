package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.cli.screen.Screen;
import io.llmnet.quickstart.Household;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that ask a running server. */
class AskingTest {
    private static final String BACKENDS = """
            {'backends': [
              {'id': 'b1', 'name': 'desk', 'url': 'http://desk:11434', 'backend_type': 'ollama', 'status': 'healthy',
               'last_error': null, 'models': [{'id': 'qwen3'}, {'id': 'phi4'}], 'priority': 50, 'avg_latency_ms': 119.6},
              {'id': 'b2', 'name': 'attic\\u001b[2J', 'url': 'http://attic:8000', 'backend_type': 'vllm', 'status': 'unhealthy',
               'last_error': 'refused', 'models': [], 'priority': 10, 'avg_latency_ms': 0}]}
            """;
    private static final String MODELS = """
            {'object': 'list', 'data': [
              {'id': 'qwen3', 'owned_by': 'desk', 'context_length': 32768, 'backends': ['desk', 'attic'],
               'capabilities': {'vision': false, 'tools': true, 'json_mode': null}},
              {'id': 'council', 'owned_by': 'llmnet'}]}
            """;
    private static final String PLAN = """
            {'model': 'gpt-4o', 'resolved': 'qwen3', 'candidates': [
               {'backend': 'desk', 'model': 'qwen3', 'reason': 'least busy', 'fallback_for': null},
               {'backend': 'attic', 'model': 'phi4', 'reason': 'warm', 'fallback_for': 'qwen3'}],
             'exclusions': [
               {'backend': 'cloud', 'gate': 'privacy', 'reason': 'its zone is open', 'action': 'allow the zone'}]}
            """;
    private static final String NO_PLAN = """
            {'model': 'gpt-9', 'resolved': 'gpt-9', 'candidates': [], 'exclusions': [], 'message': 'no backend has it'}
            """;

    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Screen screen = Screen.PIPE;
    private FakeServer server = start();

    private static FakeServer start() {
        try {
            return new FakeServer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void point() {
        environment.put("LLMNET_HOME", folder.toString());
        environment.put("LLMNET_SERVER", server.url());
        server.with("GET /v1/backends", 200, BACKENDS).with("GET /v1/models", 200, MODELS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), screen);
        return new Cli(terminal, environment::get, new NoServer(), flags -> 0).run(arguments);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends", "backends list"})
    void backendsAreListedAndWhatTheyAreCalledCannotMoveTheCursor(String typed) {
        assertThat(run(typed.split(" ", -1))).isZero();

        assertThat(out()).isEqualTo("""
                NAME       URL                TYPE    STATUS     MODELS       LATENCY
                desk       http://desk:11434  ollama  healthy    qwen3, phi4  120 ms
                attic?[2J  http://attic:8000  vllm    unhealthy               -
                """);
    }

    @Test
    void onATerminalATableIsNoWiderAndTheStatusHasItsColour() {
        screen = new Screen(60, true);

        run("backends", "list");

        assertThat(out()).contains("\u001b[32mhealthy\u001b[0m", "\u001b[31munhealthy\u001b[0m", "…");
        assertThat(out().replaceAll("\u001b\\[\\d+m", "").lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void backendsOfOneStatusAreListedAlone() {
        run("backends", "list", "-s", "healthy");
        assertThat(out()).contains("desk").doesNotContain("attic");

        assertThat(run("backends", "list", "--status", "draining")).isZero();
        assertThat(err()).isEqualTo("llmnet: no backend is draining\n");

        assertThat(run("backends", "list", "--status", "ill")).isEqualTo(2);
    }

    @Test
    void theJsonOfBackendsBeginsAsOthersExpectIt() {
        run("backends", "list", "--json", "-s", "healthy");

        assertThat(out().replaceAll("\\s+", " ").strip())
                .startsWith("{ \"backends\" : [ { \"name\" : \"desk\", \"url\" : \"http://desk:11434\","
                        + " \"backend_type\" : \"ollama\", \"status\" : \"healthy\", \"models\" : [ \"qwen3\", \"phi4\" ],"
                        + " \"avg_latency_ms\" : 119.6, \"id\" : \"b1\"");
    }

    @Test
    void aBackendIsAddedWithTheKeyThatTheEnvironmentHolds() {
        server.with("POST /v1/backends", 201, "{'name': 'cloud', 'backend_type': 'openai'}");
        environment.put("CLOUD_KEY", "sk-cloud");

        int code =
                run(("backends add https://cloud.test -n cloud -t openai -p 7 --zone open --tier 1 --max-concurrent 4"
                                + " --api-key-env CLOUD_KEY")
                        .split(" ", -1));

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("Added backend 'cloud' as openai\n");
        assertThat(server.asked())
                .singleElement()
                .asString()
                .startsWith("POST /v1/backends {")
                .contains(
                        "\"url\":\"https://cloud.test\"",
                        "\"name\":\"cloud\"",
                        "\"kind\":\"openai\"",
                        "\"priority\":7",
                        "\"zone\":\"open\"",
                        "\"tier\":1",
                        "\"max_concurrent\":4",
                        "\"api_key\":\"sk-cloud\"");
    }

    @Test
    void aBackendThatIsDownIsAddedAndSaidToBe() {
        server.with(
                "POST /v1/backends",
                201,
                "{'name': 'backend', 'backend_type': 'auto', 'status': 'unhealthy',"
                        + " 'last_error': 'it refused the connection'}");

        assertThat(run("backends", "add", "http://desk:1")).isZero();

        assertThat(out())
                .isEqualTo("Added backend 'backend' as a kind to be found out: unhealthy, it refused the connection\n");
    }

    @Test
    void aKeyThatIsNotThereIsNotAskedWith() {
        assertThat(run("backends", "add", "http://cloud", "--api-key-env", "NO_KEY"))
                .isEqualTo(1);

        assertThat(err()).contains("NO_KEY is not set");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aBackendIsRemovedByItsNameWhateverIsInIt() {
        server.with("DELETE /v1/backends/a%2Fb%20c", 204, "");

        assertThat(run("backends", "remove", "a/b c")).isZero();

        assertThat(out()).isEqualTo("Removed backend 'a/b c'\n");
    }

    @Test
    void whatTheServerRefusesIsToldInItsWords() {
        server.with(
                "DELETE /v1/backends/nobody",
                404,
                "{'error': {'message': 'no backend is called nobody', 'code': 'x'}}");

        assertThat(run("backends", "remove", "nobody")).isEqualTo(1);

        assertThat(err()).isEqualTo("llmnet: no backend is called nobody\n");
    }

    @Test
    void modelsAreListedWithWhatIsKnownOfThem() {
        run("models");

        assertThat(out()).isEqualTo("""
                MODEL    BACKENDS     CONTEXT  CAPABILITIES
                qwen3    desk, attic  32768    tools, json mode?
                council  llmnet       -        -
                """);
    }

    @Test
    void modelsOfOneBackendAreListedAlone() {
        run("models", "-b", "attic", "--json");

        assertThat(out()).contains("qwen3").doesNotContain("council");
    }

    @ParameterizedTest
    @CsvSource({"healthy,0", "degraded,0", "unhealthy,1"})
    void theExitCodeOfHealthSaysWhetherItCanAnswer(String status, int code) {
        server.with(
                "GET /health",
                status.equals("unhealthy") ? 503 : 200,
                "{'status': '" + status + "', 'version': '0.1.0', 'uptime_seconds': 3725, 'models': 3,"
                        + " 'backends': {'total': 2, 'healthy': 1, 'unhealthy': 1}}");

        assertThat(run("health")).isEqualTo(code);

        assertThat(out())
                .isEqualTo("Status: " + status + "\nVersion: 0.1.0\nUptime: 1 h 2 min\n"
                        + "Backends: 1 healthy, 1 unhealthy, 2 in all\nModels: 3\n");
    }

    @Test
    void theJsonOfHealthCountsModelsBelowTotal() {
        server.with("GET /health", 200, "{'status': 'healthy', 'models': 3}");

        run("health", "--json");

        assertThat(out().replaceAll("\\s", "")).isEqualTo("{\"status\":\"healthy\",\"models\":{\"total\":3}}");
    }

    @Test
    void anExplanationBeginsWithWhoWouldBeAsked() {
        server.with("POST /v1/explain", 200, PLAN);

        assertThat(run("explain", "gpt-4o")).isZero();

        assertThat(out()).isEqualTo("""
                gpt-4o (that is qwen3) → desk

                Asked in this order, the next when one fails:
                   BACKEND  MODEL  WHY
                1  desk     qwen3  least busy
                2  attic    phi4   warm; instead of qwen3

                Not asked:
                BACKEND  HELD BACK BY  WHY               WHAT TO DO
                cloud    privacy       its zone is open  allow the zone
                """);
        assertThat(server.asked())
                .containsExactly("POST /v1/explain {\"model\":\"gpt-4o\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":\"Hello\"}]}");
    }

    @Test
    void whereNobodyWouldBeAskedTheReasonIsTold() {
        server.with("POST /v1/explain", 200, NO_PLAN);

        assertThat(run("explain", "gpt-9")).isEqualTo(1);

        assertThat(out()).isEqualTo("Nobody would be asked for gpt-9: no backend has it\n");
    }

    @Test
    void aRequestInAFileIsExplained() throws IOException {
        server.with("POST /v1/explain", 200, PLAN);

        assertThat(run("explain", file("chat.json", "{\"model\": \"m\", \"tools\": []}")))
                .isZero();
        assertThat(server.asked()).containsExactly("POST /v1/explain {\"model\":\"m\",\"tools\":[]}");

        assertThat(run("explain", file("broken.json", "{\"model\":\n oops}"))).isEqualTo(1);
        assertThat(err()).contains("broken.json:2:").contains("this is not JSON");
        assertThat(run("explain", "gone.json")).isEqualTo(1);
    }

    @Test
    void theLastRequestsAreShownTheNewestAtTheEnd() {
        server.with(
                "GET /v1/history",
                200,
                "[{'timestamp': 1, 'model': 'old'},"
                        + "{'timestamp': 1700000000, 'model': 'qwen3', 'backend_id': 'desk', 'duration_ms': 42,"
                        + " 'status': 'Success', 'error_message': null},"
                        + "{'timestamp': 1700000001, 'model': 'phi4', 'backend_id': 'attic', 'duration_ms': 7,"
                        + " 'status': 'Error', 'error_message': 'it hung up'}]");

        run("history", "-n", "2");

        assertThat(out().lines().skip(1).map(line -> line.replaceFirst("^\\S+ \\S+ +", "")))
                .containsExactly("qwen3  desk     42 ms  ok", "phi4   attic    7 ms   it hung up");
        run("history", "-n", "1", "--json");
        assertThat(out()).contains("phi4").doesNotContain("qwen3");
    }

    @Test
    void aFlagBeatsTheEnvironmentAndMayNameTheApi() {
        environment.put("LLMNET_SERVER", "http://127.0.0.1:1");

        assertThat(run("models", "--server", server.url() + "/v1/")).isZero();
        assertThat(run("models", "--server", "localhost:" + server.port())).isZero();
    }

    @Test
    void theSettingsFileSaysWhereTheServerIs() throws IOException {
        environment.remove("LLMNET_SERVER");

        String yaml = file("llmnet.yaml", "listen: {host: 0.0.0.0, port: " + server.port() + "}\nroutin: {}\n");
        String toml =
                file("nexus.toml", "[budget]\nport = 1\n[server]\n# port = 2\nport = " + server.port() + "\n[x]\n");

        assertThat(run("models", "-c", yaml)).isZero();
        assertThat(run("models", "-c", toml)).isZero();
        assertThat(run("models", "-c", "gone.toml")).isEqualTo(1);
    }

    @Test
    void theServerThatRunsHereIsFound() throws Exception {
        environment.remove("LLMNET_SERVER");
        Running running = new Running(
                ProcessHandle.current().pid(), URI.create(server.url()), URI.create("http://127.0.0.1:1"), List.of());

        try (AutoCloseable announced = new Servers(Household.of(environment::get)).announce(running)) {
            assertThat(announced).isNotNull();
            assertThat(run("models")).isZero();
        }
    }

    @Test
    void aServerThatCannotBeReachedIsOneLineThatSaysWhatWasTried() {
        environment.put("LLMNET_SERVER", "http://127.0.0.1:1");

        assertThat(run("health")).isEqualTo(1);

        assertThat(out()).isEmpty();
        assertThat(err())
                .isEqualTo("llmnet: no server answers at http://127.0.0.1:1 ($LLMNET_SERVER); start one with"
                        + " 'llmnet serve', or name one with --server\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no where", "ftp://host", "http://"})
    void whatIsNoAddressIsNotAsked(String named) {
        assertThat(run("models", "--server", named)).isEqualTo(1);

        assertThat(err()).contains(named + " is no address");
    }

    @Test
    void somebodyElsesServerIsToldFromOurs() {
        assertThat(run("history")).isEqualTo(1);

        assertThat(err()).contains("is no LLMNet of this version: 404 <html>nothing here</html>");
    }

    private static final class NoServer implements Server {
        @Override
        public int serve(RunOptions options, Consumer<URI> listening) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void stop(int code) {
            throw new IllegalStateException("nobody asks for it");
        }
    }
}

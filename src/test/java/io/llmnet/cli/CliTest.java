package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    private static final String CHAT = """
            models:
              small: {type: external, interface: openai-api, url: $SERVER}
            architecture:
              - {name: chat, layer: 0, model: small, adapter: openai-api, output-to: [out]}
              - {name: out, adapter: output}
            """;

    @TempDir
    @Nullable
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>(Map.of("SERVER", "http://localhost:11434"));
    private @Nullable RunOptions served;
    private @Nullable Map<String, String> node;

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        Nodes nodes = flags -> {
            node = flags;
            return 0;
        };
        return new Cli(terminal, environment::get, new Listener(), nodes).run(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(Objects.requireNonNull(folder).resolve(name), text)
                .toString();
    }

    private RunOptions served() {
        return Objects.requireNonNull(served);
    }

    @Test
    void theVersionIsOneLine() {
        int code = run("--version");

        assertThat(code).isZero();
        assertThat(out).hasToString("llmnet 0.1.0" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run"})
    void inAContainerTheEnvironmentNamesThePipelines(String typed) throws IOException {
        environment.put("LLMNET_PIPELINES", file("one.yaml", CHAT) + ", " + file("two.yaml", CHAT));

        int code = run(typed.isEmpty() ? new String[0] : new String[] {typed});

        assertThat(code).isZero();
        assertThat(served().pipelines().inPlace()).containsOnlyKeys("one", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "validate -h", "node --help"})
    void helpIsTheResult(String typed) {
        int code = run(typed.split(" ", -1));

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).contains("Usage: llmnet");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "validate",
                "vaildate",
                "--frob",
                "run --port x a.json",
                "run -p 65536 a.json",
                "a.json --timeout soon",
                "a.json --max-concurrent 0",
                "run --env-file"
            })
    void whatCannotBeUnderstoodEndsWithTwo(String typed) {
        int code = run(typed.isEmpty() ? new String[0] : typed.split(" ", -1));

        assertThat(code).isEqualTo(2);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).contains("llmnet").doesNotContain("Exception");
    }

    @Test
    void aMistypedCommandIsGuessed() {
        run("vaildate", "x");

        assertThat(err.toString(UTF_8))
                .startsWith("llmnet: there is no command and no file vaildate; did you mean validate?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run gone.json", "gone.json", "--dry-run gone.yaml", "validate gone.json", "-v gone.yml"})
    void aMissingFileIsOneLineAndOne(String typed) {
        int code = run(typed.split(" ", -1));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).matches("llmnet: no such file: gone\\.(json|ya?ml)\\R");
    }

    @Test
    void aNodeGetsWhatWasSaidAndNoMore() {
        int code = run("node", "--model-path", "m.gguf", "--ctx-size", "512", "--gpu-layers", "-1");

        assertThat(code).isZero();
        assertThat(node).isEqualTo(Map.of("model-path", "m.gguf", "ctx-size", "512", "n-gpu-layers", "-1"));
    }

    @Test
    void aFileIsServedWhereNothingElseIsSaid() throws IOException {
        int code = run(file("chat.yaml", CHAT));

        assertThat(code).isZero();
        assertThat(served().pipelines().inPlace()).containsOnlyKeys("chat");
        assertThat(served().host()).isEqualTo("127.0.0.1");
        assertThat(served().port()).isEqualTo(8080);
        assertThat(err.toString(UTF_8)).contains("serving at http://127.0.0.1:8080/v1");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false",
        "127.9.9.9, false",
        "localhost, false",
        "::1, false",
        "0.0.0.0, true",
        "::, true",
        "192.0.2.7, true"
    })
    void whoIsOpenToOthersSaysSo(String host, boolean isOpen) throws IOException {
        run("--bind-addr", host, file("chat.yaml", CHAT));

        assertThat(err.toString(UTF_8).contains("open to other machines: nobody is asked for a password"))
                .isEqualTo(isOpen);
    }

    @Test
    void flagsBeatTheFile() throws IOException {
        String asks = CHAT.replace("layer: 0", "layer: 0, bind-addr: 0.0.0.0, bind-port: \"9000\"");

        run("-p", "9001", file("chat.yaml", asks), "--timeout", "90s", "--max-concurrent", "7", "-vv");

        assertThat(served().host()).isEqualTo("0.0.0.0");
        assertThat(served().port()).isEqualTo(9001);
        assertThat(served().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(served().maxConcurrent()).isEqualTo(7);
        assertThat(served().verbosity()).isEqualTo(2);
    }

    @Test
    void anEnvFileBeatsTheEnvironment() throws IOException {
        String values = file("values.env", "SERVER=http://localhost:1234\n");

        run("run", file("chat.yaml", CHAT), "--env-file", values);

        assertThat(Objects.requireNonNull(served().pipelines().inPlace().get("chat"))
                        .models()
                        .get("small"))
                .satisfies(model ->
                        assertThat(Objects.requireNonNull(model).url()).isEqualTo(URI.create("http://localhost:1234")));
    }

    @Test
    void settingsAreBeatenByFlagsAndBeatTheirPipelines() throws IOException {
        String asks = CHAT.replace("layer: 0", "layer: 0, bind-addr: 0.0.0.0, bind-port: 9000");
        String settings = file("some.yaml", """
                listen: {port: 9100, max-concurrent: 7}
                deadline: 90s
                timeouts: {idle: 3s}
                pipelines: %s
                """.formatted(file("chat.yaml", asks)));

        run("run", "-c", settings);

        assertThat(served().host()).isEqualTo("0.0.0.0");
        assertThat(served().port()).isEqualTo(9100);
        assertThat(served().keys())
                .containsEntry("llmnet.deadline", "PT1M30S")
                .containsEntry("llmnet.max-concurrent", "7");
        assertThat(Objects.requireNonNull(served().pipelines().inPlace().get("chat"))
                        .models()
                        .values())
                .allSatisfy(model -> assertThat(model.timeouts().idle()).isEqualTo(Duration.ofSeconds(3)));

        environment.put("LLMNET_CONFIG", settings);
        run("run", "--port", "9200");

        assertThat(served().port()).isEqualTo(9200);
    }

    @Test
    void wrongSettingsServeNothing() throws IOException {
        String settings = file("llmnet.yaml", "listen: {port: high}\ndeadlin: 5m\n");

        int code = run("run", file("chat.yaml", CHAT), "--config", settings);

        assertThat(code).isEqualTo(1);
        assertThat(served).isNull();
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "llmnet: warning: " + settings + ":2:1: unknown key \"deadlin\"; did you mean \"deadline\"?",
                        "llmnet: " + settings + ":1:16: listen.port: must be a whole number from 0 to 65535");
    }

    @Test
    void settingsAreFoundAtHome() throws IOException {
        environment.put("LLMNET_HOME", Objects.requireNonNull(folder).toString());
        file("llmnet.yaml", "listen: {port: 9300}\npipelines: [chat.yaml]\n");
        file("chat.yaml", CHAT);

        run("run");

        assertThat(served().port()).isEqualTo(9300);
        assertThat(served().pipelines().inPlace()).containsOnlyKeys("chat");
    }

    @Test
    void settingsAreValidatedAsSuch() throws IOException {
        String right = file("mine.yaml", """
                discovery: {swarm: true}
                ensembles: {council: {strategy: voting, models: [a, b, c]}}
                tasks:
                  rerank: {strategy: judge, models: [a, b], judge: big}
                  default: {ensemble: council}
                """);

        int code = run("validate", right);

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "✓ " + right + " is valid",
                        "",
                        "  Ensembles:",
                        "    council  voting: a, b, c",
                        "  Tasks:",
                        "    all others  voting: a, b, c",
                        "    rerank      judge by big: a, b",
                        "  Warning: " + right
                                + ":1:13: discovery: the key \"swarm\" has no effect in this release; it comes in a"
                                + " later one");
    }

    @Test
    void aNexusFileIsValidatedAsSuch() throws IOException {
        String right = file("nexus.toml", "[server]\nport = 8000\n");
        String wrong = file("other.toml", "[server]\nport = \"high\"\nprot = 1\n");

        assertThat(run("validate", right)).isZero();
        assertThat(run("validate", wrong)).isEqualTo(1);

        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "✓ " + right + " is valid",
                        "✗ " + wrong + " is invalid",
                        "",
                        "  Error: " + wrong + ":2:8: server.port: must be a whole number from 1 to 65535",
                        "  Warning: " + wrong + ":3:1: server: unknown key \"prot\"; did you mean \"port\"?");
    }

    @Test
    void aNexusFileIsServedAtItsPort() throws IOException {
        String settings = file("nexus.toml", "[server]\nrequest_timeout_seconds = 9\n");

        assertThat(run("run", "-c", settings, file("chat.yaml", CHAT))).isZero();

        assertThat(served().host()).isEqualTo("0.0.0.0");
        assertThat(served().port()).isEqualTo(8000);
        assertThat(served().keys()).containsEntry("llmnet.deadline", "PT9S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llmnet.yaml", "nexus.toml", "llm-pool.toml"})
    void settingsToStartFromAreWrittenOnce(String name) throws IOException {
        String file = Objects.requireNonNull(folder).resolve(name).toString();
        List<String> command = new ArrayList<>(List.of("config", "init", "-o", file));
        if (name.endsWith(".toml")) {
            command.add("--" + name.substring(0, name.indexOf('.')));
        }

        assertThat(run(command.toArray(String[]::new))).isZero();
        assertThat(run("validate", file)).isZero();
        assertThat(out.toString(UTF_8).lines())
                .startsWith("✓ " + file + " is valid")
                .noneMatch(line -> line.contains("Warning"));

        Files.writeString(Path.of(file), "mine");
        assertThat(run(command.toArray(String[]::new))).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .endsWith("llmnet: File already exists: " + file + ". Use --force to overwrite."
                        + System.lineSeparator());
        assertThat(Path.of(file)).hasContent("mine");

        command.add("--force");
        assertThat(run(command.toArray(String[]::new))).isZero();
        assertThat(Path.of(file)).content().isNotEqualTo("mine");
        assertThat(run("config", "initt")).isEqualTo(2);
    }

    @Test
    void aSchemaIsPrintedOrWritten() throws IOException {
        assertThat(run("schema", "settings")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("{").contains("\"LLMNet settings\"");

        Path file = Objects.requireNonNull(folder).resolve("pipeline.json");
        assertThat(run("schema", "pipeline", "-o", file.toString())).isZero();
        assertThat(file).content().contains("\"LLMNet pipeline\"");

        assertThat(run("schema", "pipline")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("there is no schema of 'pipline'; did you mean \"pipeline\"?");
    }

    @Test
    void serveWithAFileIsRun() throws IOException {
        int code = run("serve", file("chat.yaml", CHAT));

        assertThat(code).isZero();
        assertThat(served().pipelines().inPlace()).containsOnlyKeys("chat");
    }

    @Test
    void aFolderIsAllThePipelinesInIt() throws IOException {
        file("b.yml", CHAT);
        file("a.yaml", CHAT);
        file("notes.txt", "no pipeline");
        file("llmnet.yaml", "deadline: 5m");

        run("run", Objects.requireNonNull(folder).toString());

        assertThat(served().pipelines().inPlace()).containsOnlyKeys("a", "b");
    }

    @Test
    void twoPipelinesOfOneNameAreRefused() throws IOException {
        int code = run("run", file("a.yaml", CHAT), file("a.yml", CHAT));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("has the pipeline a already; rename one of the two");
    }

    @Test
    void aValidFileIsCounted() throws IOException {
        String name = file("chat.yaml", CHAT);

        int code = run("validate", name);

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly("✓ " + name + " is valid", "", "  Models: 1", "  Nodes:  2");
    }

    @Test
    void anInvalidFileIsTold() throws IOException {
        environment.remove("SERVER");
        String name = file("chat.yaml", CHAT);

        int code = run("validate", name);

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(UTF_8)).startsWith("✗ " + name + " is invalid").contains("  Error: " + name + ":2:");
    }

    @Test
    void nothingIsServedInADryRun() throws IOException {
        int code = run("--dry-run", file("chat.yaml", CHAT));

        assertThat(code).isZero();
        assertThat(served).isNull();
        assertThat(out.toString(UTF_8)).contains("Dry Run Mode", "Validation: PASSED");
    }

    @Test
    void aDryRunAsksNoVaultAndShowsNoSecret() throws IOException {
        file("keys.env", "TOKEN=planted-in-the-file\n");
        String name = file("alert.yaml", """
                secrets:
                  keys: {source: env-file, path: keys.env}
                  gone: {source: env, variable: GONE}
                  vault: {source: vault, address: "http://127.0.0.1:1", path: secret/llmnet}
                models: {small: {url: "http://h/$secrets.keys.TOKEN", api-key: $secrets.vault.KEY}}
                architecture: [{name: chat, model: small}]
                """);

        int dryRun = run("--dry-run", name);
        int validate = run("validate", name);

        assertThat(dryRun).isZero();
        assertThat(validate).isZero();
        assertThat(out.toString(UTF_8))
                .contains("Validation: PASSED", "is valid", "GONE is not set")
                .doesNotContain("planted");
        assertThat(err.toString(UTF_8)).contains("GONE is not set").doesNotContain("planted");
    }

    @Test
    void aPipelineIsNotServedWithoutItsSecrets() throws IOException {
        String name = file("gone.yaml", """
                secrets: {keys: {source: env-file, path: gone.env}}
                models: {small: {url: "http://h", api-key: $secrets.keys.KEY}}
                architecture: [{name: chat, model: small}]
                """);

        int code = run("run", name);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("gone.yaml:1:17: secrets.keys: the file ", "gone.env cannot be read");
    }

    @Test
    void aQuickStartOnAModelThatIsNotThereIsOneLine() {
        int code = run("quickstart", "--model", "gone.gguf");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines()).containsExactly("llmnet: no such model file: gone.gguf");
    }

    @Test
    void aBugIsNoStackTrace() {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        Nodes broken = flags -> {
            throw new IllegalStateException("broken");
        };

        int code = new Cli(terminal, environment::get, new Listener(), broken).run("node");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines()).hasSize(1);
    }

    private final class Listener implements Server {
        @Override
        public int serve(RunOptions options, Consumer<URI> listening) {
            served = options;
            listening.accept(URI.create("http://127.0.0.1:" + options.port()));
            return 0;
        }

        @Override
        public void stop(int code) {
            throw new IllegalStateException("nobody asks for it");
        }
    }
}

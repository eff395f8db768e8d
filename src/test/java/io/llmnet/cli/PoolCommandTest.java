package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.settings.PoolSettings;
import io.llmnet.settings.PoolSettings.Door;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

class PoolCommandTest {
    private static final String TASKS = "tasks: {t: {strategy: voting, models: [a, b]}}\n";
    private static final String TOML = """
            [server]
            http_addr = "127.0.0.1:7771"
            enable_grpc = false
            [[providers]]
            name = "p"
            driver = "ollama"
            base_url = "http://127.0.0.1:11434"
            model = "m"
            tasks = ["t"]
            """;

    @TempDir
    @Nullable
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable RunOptions served;

    private int run(String... arguments) {
        environment.put("LLMNET_HOME", Objects.requireNonNull(folder).toString());
        environment.put("HOME", Objects.requireNonNull(folder).toString());
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Cli(terminal, environment::get, new Listener(), flags -> 0).run(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(Objects.requireNonNull(folder).resolve(name), text)
                .toString();
    }

    private RunOptions served() {
        return Objects.requireNonNull(served);
    }

    private PoolSettings pool() {
        return served().gateway().pool();
    }

    private List<String> said() {
        return err.toString(UTF_8).lines().toList();
    }

    @Test
    void thePoolOfItsOwnFileIsServedWhereThatSays() throws IOException {
        int code = run("pool", "-c", file("llm-pool.toml", TOML));

        assertThat(code).isZero();
        assertThat(pool().http()).isEqualTo(new Door("127.0.0.1", 7771));
        assertThat(pool().grpc()).isNull();
        assertThat(pool().tasks()).containsOnlyKeys("t");
        assertThat(served().host()).isEqualTo("127.0.0.1");
        assertThat(served().port()).isEqualTo(8080);
        assertThat(served().gateway().discovery().machine()).isFalse();
        assertThat(said())
                .containsExactly(
                        "llmnet: serving at http://127.0.0.1:8080/v1",
                        "llmnet: tasks at http://127.0.0.1:7771/v1/infer");
    }

    @Test
    void theVariableNamesTheFile() throws IOException {
        environment.put("LLM_POOL_CONFIG", file("mine.toml", TOML));
        environment.put("LLMNET_CONFIG", file("llmnet.yaml", "deadline: soon"));

        assertThat(run("pool", "--port", "0")).isZero();

        assertThat(pool().http()).isEqualTo(new Door("127.0.0.1", 7771));
        assertThat(served().settingsFile()).hasFileName("mine.toml");
    }

    @Test
    void whereTheSettingsNameNoDoorTheUsualOnesAreOpen() throws IOException {
        environment.put("LLMNET_CONFIG", file("llmnet.yaml", TASKS));

        assertThat(run("pool", "--no-discovery")).isZero();

        assertThat(pool().http()).isEqualTo(new Door("127.0.0.1", 7071));
        assertThat(pool().grpc()).isEqualTo(new Door("127.0.0.1", 7070));
        assertThat(said())
                .containsExactly(
                        "llmnet: serving at http://127.0.0.1:8080/v1",
                        "llmnet: tasks at http://127.0.0.1:7071/v1/infer",
                        "llmnet: tasks over gRPC at 127.0.0.1:7070");
    }

    @Test
    void flagsSayWhereTheDoorsAre() throws IOException {
        String file = file("llmnet.yaml", TASKS + "pool: {http: 9001, grpc: 9002}\n");

        assertThat(run("pool", "-c", file, "--http", "0.0.0.0:9003", "--grpc", "off", "--host", "127.0.0.1", "-p", "0"))
                .isZero();

        assertThat(pool().http()).isEqualTo(new Door("0.0.0.0", 9003));
        assertThat(pool().grpc()).isNull();
        assertThat(served().port()).isZero();
        assertThat(said())
                .contains(
                        "llmnet: tasks at http://127.0.0.1:9003/v1/infer",
                        "llmnet: open to other machines: nobody is asked for a password");
    }

    @ParameterizedTest
    @CsvSource({"serve,9001", "run,"})
    void otherCommandsOpenWhatTheSettingsNameOrNothing(String command, @Nullable Integer port) throws IOException {
        String settings = file("llmnet.yaml", TASKS + "pool: {http: 9001}\n");
        String chat = file("chat.yaml", "models: {m: {url: 'http://h'}}\narchitecture: [{name: a}]\n");

        assertThat(run(command, "-c", settings, chat)).isZero();

        assertThat(pool().http()).isEqualTo(port == null ? null : new Door("127.0.0.1", port));
        assertThat(pool().grpc()).isNull();
        assertThat(pool().tasks()).containsOnlyKeys("t");
    }

    @Test
    void withoutTasksItIsSaidWhatToWrite() throws IOException {
        String file = file("mine.yaml", "deadline: 5m\n");

        assertThat(run("pool", "-c", file)).isEqualTo(1);
        assertThat(run("pool")).isEqualTo(1);

        String example = """
                ; write into llmnet.yaml, for example
                llmnet:   tasks:
                llmnet:     rerank_candidates: {strategy: voting, models: [qwen3, llama3.1, phi4]}
                llmnet: or have an llm-pool.toml written to start from: llmnet config init --llm-pool
                """;
        assertThat(String.join("\n", said()) + "\n")
                .isEqualTo("llmnet: " + file + " names no tasks" + example
                        + "llmnet: here is no llm-pool.toml and no llmnet.yaml" + example);
        assertThat(served).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http here", "--grpc 70000", "--http"})
    void whatIsNoDoorEndsWithTwo(String flags) throws IOException {
        String typed = "pool -c " + file("llm-pool.toml", TOML) + " " + flags;

        assertThat(run(typed.split(" ", -1))).isEqualTo(2);
    }

    @Test
    void itsFileIsValidated() throws IOException {
        String right = file("llm-pool.toml", TOML);
        String wrong = file("other.toml", "[qos]\nmax_deadline_ms = 0\n");

        assertThat(run("validate", right)).isZero();
        assertThat(run("validate", wrong)).isEqualTo(1);

        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "✓ " + right + " is valid",
                        "",
                        "  Tasks:",
                        "    t  fastest: p",
                        "✗ " + wrong + " is invalid",
                        "",
                        "  Error: " + wrong + ":1:1: providers: No providers configured; add one under [[providers]]",
                        "  Error: " + wrong + ":2:19: qos.max_deadline_ms: max_deadline_ms must be positive; write"
                                + " milliseconds such as 1500");
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

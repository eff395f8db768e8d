package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.process.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that answer and end. */
class CommandsIT {
    private static final String CHAT = """
            models:
              small: {type: external, interface: openai-api, url: $SERVER}
            architecture:
              - {name: chat, layer: 0, model: small, bind-addr: 127.0.0.1, bind-port: 8085, output-to: [out]}
              - {name: out, adapter: output}
            """;

    private static final String DRY_RUN = """
            llmnet v0.1.0 - Dry Run Mode

            Composition: chat.yaml

            Models (1):
              - small [external]

            Pipeline Architecture:
              Layer 0 (Input/Router):
                [chat] 127.0.0.1:8085 -> out
                  Model: small

              Output Layer:
                [out] adapter: output

            Validation: PASSED
            Ready to start pipeline. Remove --dry-run to execute.
            """;

    @TempDir
    private static Path folder;

    private final Program program = Program.in(folder).with("SERVER", "http://127.0.0.1:9");

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(program.run("--version")).isEqualTo(new Ended(0, "llmnet 0.1.0\n", ""));
    }

    @Test
    void aValidFileIsCounted() throws IOException {
        write("chat.yaml", CHAT);

        Ended ended = program.run("validate", "chat.yaml");

        assertThat(ended).isEqualTo(new Ended(0, "✓ chat.yaml is valid\n\n  Models: 1\n  Nodes:  2\n", ""));
    }

    @Test
    void allThatIsWrongWithAFileIsTold() throws IOException {
        write("wrong.json", """
                {"models": {"m": {"url": "$NOBODY_SET_THIS"}},
                 "architecture": [{"name": "chat", "model": "n", "output-to": ["out"]}, {"name": "out", "adapter": "output"}]}
                """);

        Ended ended = program.run("validate", "wrong.json");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .startsWith("✗ wrong.json is invalid\n\n  Error: wrong.json:1:26: models.m.url:")
                .contains("NOBODY_SET_THIS", "  Error: wrong.json:2:45: architecture[0].model:");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --dry-run chat.yaml",
                "run chat.yaml --dry-run",
                "--dry-run chat.yaml",
                "chat.yaml --dry-run"
            })
    void aDryRunShowsWhatWouldBeServed(String typed) throws IOException {
        write("chat.yaml", CHAT);

        assertThat(program.run(typed.split(" ", -1))).isEqualTo(new Ended(0, DRY_RUN, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run nowhere.yaml", "nowhere.yaml", "validate nowhere.yaml", "run --dry-run nowhere.yaml"})
    void aMissingFileIsOneLine(String typed) {
        assertThat(program.run(typed.split(" ", -1)))
                .isEqualTo(new Ended(1, "", "llmnet: no such file: nowhere.yaml\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --prot 80 chat.yaml", "run --port eighty chat.yaml", "run", "serv", "run --port"})
    void whatCannotBeUnderstoodEndsWithTwo(String typed) throws IOException {
        write("chat.yaml", CHAT);

        Ended ended = program.run(typed.split(" ", -1));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).hasSize(2).allMatch(line -> line.startsWith("llmnet: "));
    }

    @Test
    void aBrokenFileIsToldWithItsPlace() throws IOException {
        write("broken.yaml", "models: [\n");

        Ended ended = program.run("run", "broken.yaml");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("llmnet: broken.yaml:2:1: this is not YAML");
    }

    @Test
    void aVariableThatIsNotSetIsNamed() throws IOException {
        write("unset.yaml", CHAT.replace("SERVER", "NOBODY_SET_THIS"));

        Ended ended = program.run("unset.yaml");

        assertThat(ended)
                .isEqualTo(new Ended(
                        1,
                        "",
                        "llmnet: unset.yaml:2:55: models.small.url: the environment variable NOBODY_SET_THIS is not set;"
                                + " set it, or name it in --env-file\n"));
    }

    @Test
    void aBrokenEnvFileIsToldAndItsValuesAreNot() throws IOException {
        write("chat.yaml", CHAT);
        write("broken.env", "KEY=\"sk-secret\nsk-secret\n");

        Ended ended = program.run("run", "--env-file", "broken.env", "chat.yaml");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("llmnet: broken.env:"))
                .noneMatch(line -> line.contains("sk-secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "validate chat.yaml",
                "--dry-run chat.yaml",
                "run nowhere.yaml",
                "models --server 127.0.0.1:1",
                "completions bash"
            })
    void whatDoesNotServeLoadsNeitherQuarkusNorCamel(String typed) throws IOException {
        Assumptions.assumeFalse(Program.isNative(), "a native program loads no classes");
        write("chat.yaml", CHAT);
        Path loaded = Files.createTempFile(folder, "loaded-", ".txt");

        program.withJava("-Xlog:class+load:file=" + loaded).run(typed.split(" ", -1));

        // the runner of the jar is Quarkus's, and no more than a class loader
        List<String> servers = Files.readAllLines(loaded).stream()
                .filter(line -> line.matches(".* (io\\.quarkus|org\\.apache\\.camel|io\\.vertx|io\\.netty)\\..*"))
                .filter(line -> !line.matches(".* io\\.quarkus\\.(bootstrap|commons\\.classloading)\\..*"))
                .toList();
        assertThat(loaded).isNotEmptyFile();
        assertThat(servers).isEmpty();
    }

    @Test
    void aPipelineThatComparesIsRefusedWhereItsLibraryCannotBeHad() throws IOException {
        write("compare.yaml", """
                models: {m: {url: $SERVER}}
                architecture:
                  - {name: desk, layer: 0, choose-by: embedding, output-to: [1]}
                  - {name: code, layer: 1, use-case: programming}
                  - {name: prose, layer: 1, use-case: letters}
                """);

        Ended ended = program.with("PATH", "/nowhere")
                .with("LLMNET_EMBEDDING", folder.resolve("none").toString())
                .run("run", "compare.yaml");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("embedding library").contains("\"embedding-model\"");
    }
}

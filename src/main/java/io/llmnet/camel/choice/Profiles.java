package io.llmnet.camel.choice;

import io.llmnet.chat.Call;
import io.llmnet.embedding.Embeddings;
import io.llmnet.embedding.Errand;
import io.llmnet.embedding.Likeness;
import io.llmnet.pipeline.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes among which a router chooses are for, as vectors: of the use case and of each example, or of the name
 * where there are none. Embedded once, when they are first asked for, and again only if that failed.
 */
final class Profiles {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Embeddings embeddings;
    private final List<Node> nodes;
    private @Nullable CompletableFuture<Map<String, List<float[]>>> vectors;

    Profiles(Embeddings embeddings, List<Node> nodes) {
        this.embeddings = embeddings;
        this.nodes = nodes;
    }

    /** The candidate that a text is most like; of several as like, the first. */
    CompletionStage<Node> nearest(String text, List<Node> candidates, Call call, Duration limit) {
        return vectors(call)
                .thenCompose(all -> embeddings
                        .embed(List.of(text), Errand.of(call, limit, System.nanoTime()))
                        .thenApply(vector -> candidates.get(Likeness.nearest(
                                vector.get(0),
                                candidates.stream()
                                        .map(candidate -> all.getOrDefault(candidate.name(), List.of()))
                                        .toList()))));
    }

    private synchronized CompletableFuture<Map<String, List<float[]>>> vectors(Call call) {
        if (vectors == null || vectors.isCompletedExceptionally()) {
            List<String> texts =
                    nodes.stream().flatMap(node -> texts(node).stream()).toList();
            vectors = embeddings
                    .embed(texts, Errand.beside(call, LONGEST, System.nanoTime()))
                    .thenApply(this::byName)
                    .toCompletableFuture();
        }
        return vectors;
    }

    private Map<String, List<float[]>> byName(List<float[]> all) {
        Map<String, List<float[]>> byName = new HashMap<>();
        int at = 0;
        for (Node node : nodes) {
            int end = at + texts(node).size();
            byName.put(node.name(), List.copyOf(all.subList(at, end)));
            at = end;
        }
        return byName;
    }

    private static List<String> texts(Node node) {
        List<String> texts = new ArrayList<>(node.examples());
        if (node.useCase() != null && !node.useCase().isBlank()) {
            texts.add(0, node.useCase());
        }
        return texts.isEmpty() ? List.of(node.name()) : texts;
    }
}

package io.llmnet.camel;

import io.llmnet.backend.Backend;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import org.jspecify.annotations.Nullable;

/** Works out who answers for what a pipeline names. */
public final class Plans {
    private Plans() {}

    /** Who answers for a model; null when the pipeline has none of that key, be it as it stands in a URI. */
    public static @Nullable Plan of(Graph graph, String key) {
        Model model = graph.models().get(key);
        if (model == null) {
            model = graph.models().values().stream()
                    .filter(one -> Uris.part(one.name()).equals(key))
                    .findFirst()
                    .orElse(null);
        }
        return model == null ? null : Plan.of(new Candidate(backend(model), model.id()));
    }

    /** Who answers for a node: its model, under the name that the node wants for it; null where it asks none. */
    static @Nullable Plan of(Graph graph, Node node) {
        Model model = node.model() == null ? null : graph.models().get(node.model());
        if (model == null) {
            return null;
        }
        String id = node.modelOverride() == null ? model.id() : node.modelOverride();
        return Plan.of(new Candidate(backend(model), id));
    }

    private static Backend backend(Model model) {
        Backend.Speaks language = switch (model.kind()) {
            case OPENAI, GATEWAY -> Backend.Speaks.OPENAI;
            case OLLAMA -> Backend.Speaks.OLLAMA;
        };
        return new Backend(model.name(), language, model.url(), model.apiKey(), model.timeouts());
    }
}

package io.llmnet.camel.llm;

import io.llmnet.backend.Backend;
import io.llmnet.camel.Uris;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@code llm:} endpoints can name: the pipelines in place, and the models in them. */
public final class Models {
    private final Map<String, Graph> graphs = new ConcurrentHashMap<>();

    /** Makes a pipeline's models known. */
    public void add(Graph graph) {
        graphs.put(Uris.part(graph.name()), graph);
    }

    /** The graph of a pipeline by its name as it stands in a URI, null when there is none. */
    @Nullable
    Graph graph(String pipeline) {
        return graphs.get(pipeline);
    }

    /** A node of a pipeline by its name as it stands in a URI. */
    static Node node(Graph graph, String name) {
        return graph.nodes().values().stream()
                .filter(node -> Uris.part(node.name()).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pipeline " + graph.name() + " has no node " + name));
    }

    /** Who answers for a model of a pipeline. */
    static Plan plan(Graph graph, String key) {
        Model model = graph.models().values().stream()
                .filter(one -> Uris.part(one.name()).equals(Uris.part(key)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pipeline " + graph.name() + " has no model " + key));
        return Plan.of(new Candidate(backend(model), model.id()));
    }

    /** Who answers for a node: its model, under the name that the node wants for it. */
    public static Plan plan(Graph graph, Node node) {
        if (node.model() == null) {
            throw new IllegalArgumentException(
                    "node " + node.name() + " of pipeline " + graph.name() + " has no model");
        }
        Plan plan = plan(graph, node.model());
        if (node.modelOverride() == null) {
            return plan;
        }
        return Plan.of(new Candidate(plan.candidates().get(0).backend(), node.modelOverride()));
    }

    private static Backend backend(Model model) {
        Backend.Speaks language = switch (model.kind()) {
            case OPENAI -> Backend.Speaks.OPENAI;
            case OLLAMA -> Backend.Speaks.OLLAMA;
        };
        return new Backend(model.name(), language, model.url(), model.apiKey(), model.timeouts());
    }
}

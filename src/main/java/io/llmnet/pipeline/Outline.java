package io.llmnet.pipeline;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows a pipeline as text, for a look before it runs. */
public final class Outline {
    private static final int LONGEST_USE_CASE = 60;
    private static final String CUT = "...";

    private final Graph graph;
    private final StringBuilder text = new StringBuilder();

    private Outline(Graph graph) {
        this.graph = graph;
    }

    /**
     * The whole outline, with a line break at its end.
     *
     * @param file the pipeline's file as the user gave it
     */
    public static String text(String file, Graph graph) {
        return new Outline(graph).whole(file);
    }

    private String whole(String file) {
        text.append("llmnet v0.1.0 - Dry Run Mode\n\nComposition: ").append(file);
        text.append("\n\nModels (").append(graph.models().size()).append("):\n");
        for (Model model : graph.models().values()) {
            text.append("  - ")
                    .append(model.name())
                    .append(" [")
                    .append(
                            model.runner() == null
                                    ? "external"
                                    : model.runner().kind().label())
                    .append("]\n");
        }
        text.append("\nPipeline Architecture:\n");
        layers();
        outputs();
        return text.append("\nValidation: PASSED\nReady to start pipeline. Remove --dry-run to execute.\n")
                .toString();
    }

    private void layers() {
        TreeMap<Integer, List<Node>> layers = graph.nodes().values().stream()
                .filter(node -> node.role() == Node.Role.MODEL)
                .collect(Collectors.groupingBy(Node::layer, TreeMap::new, Collectors.toList()));
        text.append("  Layer 0 (Input/Router):\n");
        layers.getOrDefault(0, List.of()).forEach(this::input);
        layers.tailMap(1).forEach((layer, nodes) -> {
            text.append("\n  Layer ").append(layer).append(" (Hidden):\n");
            nodes.forEach(this::hidden);
        });
    }

    private void input(Node node) {
        text.append("    [").append(node.name()).append("] ").append(address(node.listen()));
        text.append(" -> ").append(targets(node)).append('\n');
        if (node.model() != null) {
            text.append("      Model: ").append(node.model()).append('\n');
        }
        ensemble(node);
    }

    private void hidden(Node node) {
        text.append("    [")
                .append(node.name())
                .append("] ")
                .append(address(node.listen()))
                .append('\n');
        ensemble(node);
        if (node.useCase() != null) {
            text.append("      Use-case: ").append(shortened(node.useCase())).append('\n');
        }
    }

    private void ensemble(Node node) {
        if (node.council() != null) {
            text.append("      Ensemble: ").append(node.asks()).append('\n');
        }
    }

    private static String address(Listen listen) {
        String host = listen.host() == null ? "127.0.0.1" : listen.host();
        return host + ":" + (listen.port() == null ? "auto" : listen.port());
    }

    /** Layers where a node leads to all of them, names else. */
    private String targets(Node node) {
        List<Integer> layers = node.targets().stream()
                .map(name -> graph.node(name).layer())
                .distinct()
                .toList();
        List<String> inLayers = graph.nodes().values().stream()
                .filter(each -> each.role() == Node.Role.MODEL && layers.contains(each.layer()))
                .map(Node::name)
                .toList();
        boolean whole = node.targets().containsAll(inLayers) && inLayers.containsAll(node.targets());
        return whole ? "Layer " + layers : String.join(", ", node.targets());
    }

    private static String shortened(String useCase) {
        if (useCase.codePointCount(0, useCase.length()) <= LONGEST_USE_CASE) {
            return useCase;
        }
        return useCase.substring(0, useCase.offsetByCodePoints(0, LONGEST_USE_CASE - CUT.length())) + CUT;
    }

    private void outputs() {
        text.append("\n  Output Layer:\n");
        for (Node node : graph.nodes().values()) {
            if (node.role() == Node.Role.MODEL) {
                continue;
            }
            text.append("    [").append(node.name()).append("] adapter: ");
            text.append(node.role() == Node.Role.ALERT ? "ws" : "output");
            if (node.alert() != null && node.alert().url() != null) {
                text.append(" -> ").append(withoutSecrets(node.alert().url()));
            }
            text.append('\n');
            if (node.condition() != null) {
                text.append("      Condition: ").append(node.condition()).append('\n');
            }
        }
    }

    /** An address without a query or a user, where tokens hide. */
    private static String withoutSecrets(String url) {
        int query = url.indexOf('?');
        String bare = query < 0 ? url : url.substring(0, query);
        int scheme = bare.indexOf("://");
        int user = bare.lastIndexOf('@');
        return scheme >= 0 && user > scheme ? bare.substring(0, scheme + 3) + bare.substring(user + 1) : bare;
    }
}

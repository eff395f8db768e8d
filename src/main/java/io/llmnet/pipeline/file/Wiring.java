package io.llmnet.pipeline.file;

import io.llmnet.config.Problems;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the nodes of a file to a graph: finds the entry, the targets, the models and the layers. */
final class Wiring {
    private final String name;
    private final List<Draft> drafts;
    private final Map<String, Model> models;
    private final Map<String, Function> functions;
    private final Map<String, String> headerVariables;
    private final Problems problems;

    Wiring(
            String name,
            List<Draft> drafts,
            Map<String, Model> models,
            Map<String, Function> functions,
            Map<String, String> headerVariables,
            Problems problems) {
        this.name = name;
        this.drafts = unique(drafts, problems);
        this.models = models;
        this.functions = functions;
        this.headerVariables = headerVariables;
        this.problems = problems;
    }

    private static List<Draft> unique(List<Draft> drafts, Problems problems) {
        Map<String, Draft> byName = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            Draft first = byName.putIfAbsent(draft.name(), draft);
            if (first != null) {
                int line = first.section().place("name").line();
                draft.section().error("name", "another node has this name already, in line " + line + "; rename one");
            }
        }
        if (byName.values().stream().noneMatch(Draft::isModel)) {
            Draft first = drafts.get(0);
            problems.error(
                    first.section().place(), first.section().path(), "no node asks a model; add one with a \"model\"");
        }
        return List.copyOf(byName.values());
    }

    /**
     * The graph.
     *
     * @param port where a manifest wants to be served; it beats the entry's own
     * @return null when no graph can be made, and a problem says why
     */
    @Nullable
    Graph graph(@Nullable Integer port) {
        Targets targets = Targets.of(drafts, problems);
        Draft entry = Entry.of(drafts, targets);
        if (entry == null) {
            if (drafts.stream().anyMatch(Draft::isModel)) {
                Draft first = drafts.get(0);
                problems.error(
                        first.section().place(),
                        first.section().path(),
                        "no node is in layer 0, where requests come in; write \"layer\": 0 on one");
            }
            return null;
        }
        targets.lead(entry);
        Map<String, Integer> layers = new Layers(drafts, targets).from(entry);
        Alerts alerts = new Alerts(drafts);
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            nodes.put(draft.name(), node(draft, targets.of(draft.name()), alerts.of(draft), layers));
        }
        targets.implicitOutput().ifPresent(output -> nodes.put(output, output(output, layers, alerts)));
        Integer wanted = port == null ? entry.listen().port() : port;
        Graph graph = new Graph(
                name,
                nodes,
                models,
                entry.name(),
                functions,
                headerVariables,
                new Listen(entry.listen().host(), wanted));
        new Checks(graph, drafts, problems).all(!targets.areWrong());
        return graph;
    }

    private Node node(Draft draft, List<String> targets, List<String> alerts, Map<String, Integer> layers) {
        String fallback = draft.defaultTarget();
        return new Node(
                draft.name(),
                layers.getOrDefault(draft.name(), 0),
                draft.role(),
                draft.isModel() && !draft.hasEnsemble() ? model(draft) : null,
                draft.isModel() ? draft.council() : null,
                draft.modelOverride(),
                targets,
                draft.fanOut(),
                draft.condition(),
                draft.useCase(),
                draft.examples(),
                draft.context(),
                draft.chooseBy(),
                draft.embeddingModel(),
                fallback != null && targets.contains(fallback) ? fallback : null,
                draft.hooks(),
                alerts,
                draft.alert(),
                draft.listen());
    }

    private static Node output(String name, Map<String, Integer> layers, Alerts alerts) {
        int last = layers.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return Node.output(name, last + 1, alerts.ofEveryRun());
    }

    /** The model that a node names, or that must be meant. */
    private @Nullable String model(Draft draft) {
        String named = draft.model();
        if (named != null) {
            if (!models.containsKey(named)) {
                draft.section().error("model", Composition.unknown("model", named, models.keySet()));
            }
            return named;
        }
        if (models.size() == 1) {
            return models.keySet().iterator().next();
        }
        if (models.containsKey(draft.name())) {
            return draft.name();
        }
        return kindred(draft);
    }

    /** The one model whose name begins like the node's: code-expert for code-handler. */
    private @Nullable String kindred(Draft draft) {
        int dash = draft.name().indexOf('-');
        String kin = dash < 0 ? draft.name() + "-" : draft.name().substring(0, dash + 1);
        List<String> found = models.keySet().stream()
                .filter(model -> model.startsWith(kin) || model.equals(kin.substring(0, kin.length() - 1)))
                .toList();
        if (found.size() != 1) {
            return null;
        }
        String model = found.get(0);
        problems.warning(
                draft.section().place(),
                draft.section().path(),
                "names no model, and \"" + model + "\" is taken for its name; write \"model\": \"" + model + "\"");
        return model;
    }
}

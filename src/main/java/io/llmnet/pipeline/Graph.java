package io.llmnet.pipeline;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Terms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline, checked: one node where requests come in, every target there, every asked model known.
 *
 * @param name the model id by which callers name it
 * @param nodes all nodes, by name, in the order of the file
 * @param models all models, by key
 * @param entry the name of the node where requests come in
 * @param functions what hooks may call, by name
 * @param headerVariables variables that are a request's headers: the header's name, in lower case, by the variable's
 * @param listen where the file wants to be served
 */
public record Graph(
        String name,
        Map<String, Node> nodes,
        Map<String, Model> models,
        String entry,
        Map<String, Function> functions,
        Map<String, String> headerVariables,
        Listen listen) {
    /** How many nodes one request may pass before it is taken for a loop. */
    public static final int HOP_LIMIT = 10;

    public Graph {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        functions = Map.copyOf(functions);
        headerVariables = Map.copyOf(headerVariables);
    }

    /** The same pipeline over these models, by key. */
    public Graph over(Map<String, Model> others) {
        return new Graph(name, nodes, others, entry, functions, headerVariables, listen);
    }

    /** The node of that name, which must be there. */
    public Node node(String node) {
        Node found = nodes.get(node);
        if (found == null) {
            throw new IllegalStateException("pipeline " + name + " has no node " + node);
        }
        return found;
    }

    /** The nodes among which {@code node} decides: its targets, or those of its branches, which all lead on alike. */
    public List<Node> choices(Node node) {
        Node leaving =
                node.fanOut() && !node.targets().isEmpty() ? node(node.targets().get(0)) : node;
        return leaving.targets().stream().map(this::node).toList();
    }

    /** Whether some node compares by the embedding model in this process: those it leads to, or what its models say. */
    public boolean comparesHere() {
        return nodes.values().stream().anyMatch(node -> choosesHere(node) || votesHere(node.council()));
    }

    private boolean choosesHere(Node node) {
        return node.chooseBy() == Node.ChooseBy.EMBEDDING
                && node.embeddingModel() == null
                && choices(node).size() > 1;
    }

    private static boolean votesHere(@Nullable Council council) {
        return council != null && council.terms().likeness() == Terms.Likeness.EMBEDDING;
    }

    /** The alerts that the end of every run sets off. */
    public List<String> alertsOfEveryRun() {
        return nodes.values().stream()
                .filter(node -> node.role() == Node.Role.OUTPUT)
                .findFirst()
                .map(Node::alerts)
                .orElse(List.of());
    }

    /** Whether only outputs can follow, so that the node's answer is the caller's answer, and may stream. */
    public boolean isLast(Node node) {
        for (String target : node.targets()) {
            if (node(target).role() != Node.Role.OUTPUT) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where a request goes from {@code node}: the targets whose condition holds, or all when none does, for conditions are
     * preferences and not barriers.
     */
    public List<Node> next(Node node, Variables variables) {
        List<String> targets = node.targets();
        if (targets.size() == 1) {
            return List.of(node(targets.get(0)));
        }
        List<Node> passing = new ArrayList<>(targets.size());
        for (String name : targets) {
            Node target = node(name);
            Condition condition = target.condition();
            if (condition == null || condition.holds(variables)) {
                passing.add(target);
            }
        }
        return passing.isEmpty() ? targets.stream().map(this::node).toList() : passing;
    }

    /** The same, as one that came from elsewhere than this machine: what programs it may start is another question then. */
    public Graph fromNetwork() {
        Map<String, Function> marked = new HashMap<>(functions);
        marked.replaceAll(
                (name, function) -> function instanceof Function.Shell shell ? shell.fromNetwork() : function);
        return new Graph(this.name, nodes, models, entry, marked, headerVariables, listen);
    }
}

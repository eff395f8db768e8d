package io.llmnet.camel;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.llmnet.routing.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One version of a pipeline as it is in place: its graph, and who answers for its nodes. A run keeps the version that it
 * began with, whatever is deployed meanwhile.
 */
public final class Deployed {
    private final Graph graph;
    private final List<Node> start;
    private final List<String> lastAlerts;
    private final Map<String, Plan> plans = new HashMap<>();

    public Deployed(Graph graph) {
        this.graph = graph;
        this.start = List.of(graph.node(graph.entry()));
        this.lastAlerts = graph.alertsOfEveryRun();
        for (Node node : graph.nodes().values()) {
            Plan plan = Plans.of(graph, node);
            if (plan != null) {
                plans.put(node.name(), plan);
            }
        }
    }

    public Graph graph() {
        return graph;
    }

    /** The node where runs begin. */
    List<Node> start() {
        return start;
    }

    /** The alerts that the end of every run sets off. */
    List<String> lastAlerts() {
        return lastAlerts;
    }

    /** Who answers for a node that asks a model. */
    public Plan plan(Node node) {
        Plan plan = plans.get(node.name());
        if (plan == null) {
            throw new IllegalStateException("node " + node.name() + " of pipeline " + graph.name() + " has no model");
        }
        return plan;
    }
}

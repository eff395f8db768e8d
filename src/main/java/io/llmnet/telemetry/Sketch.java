package io.llmnet.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.watch.Ended.Outcome;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A pipeline's nodes and edges, with what was counted of them, as JSON. */
final class Sketch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Graph graph;
    private final Meters meters;

    Sketch(Graph graph, Meters meters) {
        this.graph = graph;
        this.meters = meters;
    }

    ObjectNode json() {
        ObjectNode sketch = JSON.createObjectNode();
        sketch.put("name", graph.name());
        sketch.put("entry", graph.entry());
        ArrayNode nodes = sketch.putArray("nodes");
        ArrayNode edges = sketch.putArray("edges");
        for (Node node : graph.nodes().values()) {
            NodeMeters counted = meters.known(graph.name(), node.name());
            describe(nodes.addObject(), node);
            count((ObjectNode) nodes.get(nodes.size() - 1), counted);
            for (String target : node.targets()) {
                edge(edges, node, target).put("chosen", counted == null ? 0 : counted.chosen(target));
            }
            for (String alert : node.alerts()) {
                edge(edges, node, alert).put("chosen", 0).put("alert", true);
            }
        }
        return sketch;
    }

    private static ObjectNode edge(ArrayNode edges, Node from, String to) {
        return edges.addObject().put("from", from.name()).put("to", to);
    }

    private static void describe(ObjectNode json, Node node) {
        json.put("name", node.name());
        json.put("layer", node.layer());
        json.put("role", node.role().name().toLowerCase(Locale.ROOT));
        json.put("model", node.asks());
        json.put("use_case", node.useCase());
        json.put("condition", node.condition() == null ? null : node.condition().toString());
        json.put("fan_out", node.fanOut());
    }

    private static void count(ObjectNode json, @Nullable NodeMeters counted) {
        long answered = counted == null ? 0 : counted.count(Outcome.OK);
        long failed = counted == null ? 0 : counted.count(Outcome.FAILED);
        long cancelled = counted == null ? 0 : counted.count(Outcome.CANCELLED);
        int active = counted == null ? 0 : counted.active();
        json.put("entered", answered + failed + cancelled + active);
        json.put("answered", answered);
        json.put("failed", failed);
        json.put("cancelled", cancelled);
        json.put("in_flight", active);
        json.put("mean_ms", counted == null ? 0 : Math.round(counted.meanMillis() * 1000) / 1000.0);
        json.put("prompt_tokens", counted == null ? 0 : counted.promptTokens());
        json.put("completion_tokens", counted == null ? 0 : counted.completionTokens());
    }
}

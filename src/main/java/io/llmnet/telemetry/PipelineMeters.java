package io.llmnet.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is counted of one pipeline: its nodes, each from the first time that it does something. */
final class PipelineMeters {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Map<String, NodeMeters> nodes = new ConcurrentHashMap<>();
    private boolean gone;

    PipelineMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
    }

    /** A node's numbers; null once the pipeline is gone, so that runs which are still in it count nowhere. */
    @Nullable
    NodeMeters node(String node) {
        NodeMeters there = nodes.get(node);
        return there == null ? made(node) : there;
    }

    /** A node's numbers, if it has done something already. */
    @Nullable
    NodeMeters known(String node) {
        return nodes.get(node);
    }

    private synchronized @Nullable NodeMeters made(String node) {
        return gone ? null : nodes.computeIfAbsent(node, name -> new NodeMeters(registry, pipeline, name));
    }

    synchronized void remove() {
        gone = true;
        nodes.values().forEach(NodeMeters::remove);
        nodes.clear();
    }
}

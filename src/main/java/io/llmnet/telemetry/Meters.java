package io.llmnet.telemetry;

import io.llmnet.camel.watch.Asks;
import io.llmnet.camel.watch.Ended;
import io.llmnet.camel.watch.WatchedAsk;
import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what nodes do: their questions, times, tokens and choices. */
public final class Meters implements Watcher {
    private final MeterRegistry registry;
    private final Map<String, PipelineMeters> pipelines = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public WatchedRun begins(Call call, Graph graph) {
        PipelineMeters there = pipelines.get(graph.name());
        return new Counted(
                there == null
                        ? pipelines.computeIfAbsent(graph.name(), name -> new PipelineMeters(registry, name))
                        : there);
    }

    @Override
    public void gone(String pipeline) {
        PipelineMeters there = pipelines.remove(pipeline);
        if (there != null) {
            there.remove();
        }
    }

    /** What was counted of a node; null where that is nothing. */
    @Nullable
    NodeMeters known(String pipeline, String node) {
        PipelineMeters there = pipelines.get(pipeline);
        return there == null ? null : there.known(node);
    }

    private record Counted(PipelineMeters pipeline) implements WatchedRun {
        @Override
        public WatchedAsk asks(Asks asks) {
            NodeMeters node = pipeline.node(asks.node().name());
            if (node == null) {
                return WatchedAsk.BY_NOBODY;
            }
            node.asks();
            return node::ended;
        }

        @Override
        public void chose(Node at, Node chosen, String how) {
            NodeMeters node = pipeline.node(at.name());
            if (node != null) {
                node.chose(chosen, how);
            }
        }

        @Override
        public void ended(Ended end) {}
    }
}

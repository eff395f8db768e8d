package io.llmnet.camel;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All of a pipeline that its routes are made of: two versions of the same shape can use the same routes. */
record Shape(String entry, List<Part> parts) {
    private record Part(
            String name,
            int layer,
            Node.Role role,
            @Nullable String model,
            List<String> targets,
            boolean fanOut,
            @Nullable String condition,
            @Nullable String useCase,
            Node.ChooseBy chooseBy,
            List<String> pre,
            List<String> post,
            List<String> alerts,
            @Nullable String server) {}

    static Shape of(Graph graph) {
        return new Shape(
                graph.entry(), graph.nodes().values().stream().map(Shape::part).toList());
    }

    private static Part part(Node node) {
        return new Part(
                node.name(),
                node.layer(),
                node.role(),
                node.council() == null
                        ? node.model()
                        : node.council().strategy().word(),
                node.targets(),
                node.fanOut(),
                node.condition() == null ? null : node.condition().toString(),
                node.useCase(),
                node.chooseBy(),
                node.hooks().pre().stream().map(Shape::hook).toList(),
                node.hooks().post().stream().map(Shape::hook).toList(),
                node.alerts(),
                Uris.socket("", node));
    }

    private static String hook(Hook hook) {
        return hook.mode() + " " + hook.function() + " " + hook.condition();
    }
}

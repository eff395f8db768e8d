package io.llmnet.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a pipeline's graph, checked: what it names is there.
 *
 * @param name unique in its pipeline
 * @param layer 0 for where requests come in
 * @param role what it does
 * @param model the model's key in the file; null only where the role needs none or nothing asks it
 * @param modelOverride the name to send upstream instead of the model's own
 * @param targets the nodes that may come next, in the order declared; outputs among them, alerts never
 * @param fanOut whether all passing targets are asked at once
 * @param condition when it may be chosen; null for always
 * @param useCase what it is for, told to a router that chooses among several
 * @param context its system prompt, in which variables may stand; null for none
 * @param defaultTarget whom a router takes when its model answers nonsense or is down; null for the first candidate
 * @param listen where the file wants the node to be served; only the entry's has an effect
 * @param url whom an alert tells; null for any other node
 */
public record Node(
        String name,
        int layer,
        Role role,
        @Nullable String model,
        @Nullable String modelOverride,
        List<String> targets,
        boolean fanOut,
        @Nullable Condition condition,
        @Nullable String useCase,
        @Nullable Template context,
        @Nullable String defaultTarget,
        Listen listen,
        @Nullable String url) {

    /** What a node does with a request. */
    public enum Role {
        /** Asks its model, or only chooses who shall answer. */
        MODEL,
        /** Ends the run: its input is the answer. */
        OUTPUT,
        /** Tells somebody over a WebSocket, beside the run. */
        ALERT
    }

    public Node {
        targets = List.copyOf(targets);
    }

    /** A node that is served nowhere by itself, and tells nobody. */
    public Node(
            String name,
            int layer,
            Role role,
            @Nullable String model,
            @Nullable String modelOverride,
            List<String> targets,
            boolean fanOut,
            @Nullable Condition condition,
            @Nullable String useCase,
            @Nullable Template context,
            @Nullable String defaultTarget) {
        this(
                name,
                layer,
                role,
                model,
                modelOverride,
                targets,
                fanOut,
                condition,
                useCase,
                context,
                defaultTarget,
                Listen.ANYWHERE,
                null);
    }
}

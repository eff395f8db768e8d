package io.llmnet.pipeline;

import io.llmnet.ensemble.Council;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node of a pipeline's graph, checked: what it names is there.
 *
 * @param name unique in its pipeline
 * @param layer 0 for where requests come in
 * @param role what it does
 * @param model the model's key in the file; null only where the role needs none or nothing asks it
 * @param council the models that answer together in place of one, as keys of the file's; null where one does
 * @param modelOverride the name to send upstream instead of the model's own
 * @param targets the nodes that may come next, in the order declared; outputs among them, alerts never
 * @param fanOut whether all passing targets are asked at once
 * @param condition when it may be chosen; null for always
 * @param useCase what it is for, told to a router that chooses among several
 * @param examples requests that it is for, beside the use case, for a router that compares
 * @param context its system prompt, in which variables may stand; null for none
 * @param chooseBy how it chooses among several targets
 * @param embeddingModel the key of the model that compares for it; null for the one in this process
 * @param defaultTarget whom a router takes when its model answers nonsense or is down; null for the first candidate
 * @param hooks what is called before and after it asks its model
 * @param alerts the alerts that a request here may set off, in the order declared; those of an output, when it ends a run
 * @param alert what an alert says, and to whom; null for any other node
 * @param listen where the file wants the node to be served; only the entry's has an effect
 */
public record Node(
        String name,
        int layer,
        Role role,
        @Nullable String model,
        @Nullable Council council,
        @Nullable String modelOverride,
        List<String> targets,
        boolean fanOut,
        @Nullable Condition condition,
        @Nullable String useCase,
        List<String> examples,
        @Nullable Template context,
        ChooseBy chooseBy,
        @Nullable String embeddingModel,
        @Nullable String defaultTarget,
        Hooks hooks,
        List<String> alerts,
        @Nullable Alert alert,
        Listen listen) {

    /** How a node chooses among several that may answer. */
    public enum ChooseBy {
        /** Its model is asked. */
        MODEL,
        /** The one whose use case and examples are nearest in meaning, by embeddings. */
        EMBEDDING
    }

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
        examples = List.copyOf(examples);
        alerts = List.copyOf(alerts);
    }

    /** Whom it asks, for people: a model, or {@code voting: a, b, c}; null for nobody. */
    public @Nullable String asks() {
        return council == null ? model : council.words();
    }

    /** A node that ends runs, and sets off these alerts then. */
    public static Node output(String name, int layer, List<String> alerts) {
        return new Node(
                name,
                layer,
                Role.OUTPUT,
                null,
                null,
                null,
                List.of(),
                false,
                null,
                null,
                List.of(),
                null,
                ChooseBy.MODEL,
                null,
                null,
                Hooks.NONE,
                alerts,
                null,
                Listen.ANYWHERE);
    }
}

package io.llmnet.app;

import io.llmnet.camel.Deployment;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.ensemble.Council;
import io.llmnet.gateway.Gateway;
import io.llmnet.http.Entries;
import io.llmnet.http.Entry;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines in place, the ensembles and the models of the backends, as callers name them.
 *
 * <p>With one pipeline any name is its name, for many clients insist on one that they know. {@code llmnet} is the only one,
 * or the first where there are several.
 */
final class Pipelines implements Entries {
    private static final String DEFAULT = "llmnet";

    /** Has the backends answer a call. */
    @FunctionalInterface
    interface Asked {
        CompletionStage<Answer> ask(Call call);
    }

    /** Has models answer together. */
    @FunctionalInterface
    interface Convened {
        CompletionStage<Answer> ask(Council council, Call call);
    }

    private final Supplier<Map<String, Deployment>> deployed;
    private final Supplier<Map<String, Council>> ensembles;
    private final Convened convened;
    private final Gateway gateway;
    private final Asked backends;

    Pipelines(
            Supplier<Map<String, Deployment>> deployed,
            Supplier<Map<String, Council>> ensembles,
            Convened convened,
            Gateway gateway,
            Asked backends) {
        this.deployed = deployed;
        this.ensembles = ensembles;
        this.convened = convened;
        this.gateway = gateway;
        this.backends = backends;
    }

    @Override
    public @Nullable Entry named(@Nullable String model) {
        Map<String, Deployment> now = deployed.get();
        Deployment found = model == null ? null : now.get(model);
        Council council = found == null && model != null ? ensembles.get().get(model) : null;
        if (council != null) {
            return new Together(council);
        }
        if (found == null && model != null && (gateway.knows(model) || (now.isEmpty() && !gateway.isEmpty()))) {
            return new Chosen(model);
        }
        // Where there are backends, too, a name that nobody knows is a mistake, and must not go wherever it happens to
        // fit.
        boolean isAlone = now.size() == 1 && gateway.isEmpty();
        boolean unnamed = isAlone || model == null || model.equals(DEFAULT);
        if (found == null && unnamed && !now.isEmpty()) {
            found = now.values().iterator().next();
        }
        return found == null ? null : new Way(found);
    }

    @Override
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>(pipelines());
        names.addAll(ensembles());
        names.addAll(gateway.models());
        return List.copyOf(names);
    }

    @Override
    public List<String> pipelines() {
        return List.copyOf(deployed.get().keySet());
    }

    @Override
    public List<String> ensembles() {
        return List.copyOf(new TreeSet<>(ensembles.get().keySet()));
    }

    @Override
    public Set<String> alertsOf(String pipeline) {
        Deployment found = deployed.get().get(pipeline);
        return found == null
                ? Set.of()
                : found.graph().nodes().values().stream()
                        .filter(node -> node.alert() != null && node.alert().inbound())
                        .map(Node::name)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int nodes() {
        return deployed.get().values().stream()
                .mapToInt(one -> one.graph().nodes().size())
                .sum();
    }

    /** A model that the gateway finds somebody for. */
    private final class Chosen implements Entry {
        private final String model;

        Chosen(String model) {
            this.model = model;
        }

        @Override
        public String name() {
            return model;
        }

        @Override
        public CompletionStage<Answer> ask(Call call) {
            return backends.ask(call);
        }

        @Override
        public boolean takesCompletions() {
            return true;
        }

        @Override
        public boolean takesEmbeddings() {
            return true;
        }
    }

    /** Models that answer together. */
    private final class Together implements Entry {
        private final Council council;

        Together(Council council) {
            this.council = council;
        }

        @Override
        public String name() {
            return council.name();
        }

        @Override
        public boolean takesCompletions() {
            return false;
        }

        @Override
        public CompletionStage<Answer> ask(Call call) {
            return convened.ask(council, call);
        }
    }

    private record Way(Deployment deployment) implements Entry {
        @Override
        public String name() {
            return deployment.name();
        }

        @Override
        public CompletionStage<Answer> ask(Call call) {
            return deployment.ask(call);
        }

        /** Only one model, asked with nothing added, overheard by nobody and without hooks, can be given what is no chat. */
        @Override
        public boolean takesCompletions() {
            Graph graph = deployment.graph();
            Node entry = graph.node(graph.entry());
            Model model = entry.model() == null ? null : graph.models().get(entry.model());
            boolean isOverheard =
                    !entry.alerts().isEmpty() || !graph.alertsOfEveryRun().isEmpty();
            return graph.isLast(entry)
                    && entry.context() == null
                    && !isOverheard
                    && entry.hooks().areNone()
                    && model != null
                    && model.kind() == Model.Kind.OPENAI;
        }
    }
}

package io.llmnet.app;

import io.llmnet.camel.Entrance;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.http.Entries;
import io.llmnet.http.Entry;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines in place, as callers name them.
 *
 * <p>With one pipeline any name is its name, for many clients insist on one that they know. {@code llmnet} is the only one,
 * or the first where there are several.
 */
final class Pipelines implements Entries {
    private static final String DEFAULT = "llmnet";

    private volatile Map<String, Entry> entries = Map.of();
    private volatile int nodes;

    /** Puts these in place of all that were there. */
    void replace(List<Entrance> entrances) {
        Map<String, Entry> next = new LinkedHashMap<>();
        entrances.forEach(entrance -> next.put(entrance.graph().name(), new Way(entrance)));
        nodes = entrances.stream()
                .mapToInt(entrance -> entrance.graph().nodes().size())
                .sum();
        entries = next;
    }

    @Override
    public @Nullable Entry named(@Nullable String model) {
        Map<String, Entry> now = entries;
        if (now.size() == 1) {
            return now.values().iterator().next();
        }
        Entry exact = model == null ? null : now.get(model);
        boolean unnamed = model == null || model.equals(DEFAULT);
        return exact == null && unnamed && !now.isEmpty()
                ? now.values().iterator().next()
                : exact;
    }

    @Override
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public int nodes() {
        return nodes;
    }

    private record Way(Entrance entrance, boolean takesCompletions) implements Entry {
        Way(Entrance entrance) {
            this(entrance, takesCompletions(entrance.graph()));
        }

        @Override
        public String name() {
            return entrance.graph().name();
        }

        @Override
        public CompletionStage<Answer> ask(Call call) {
            return entrance.ask(call);
        }

        /** Only one model, asked with nothing added, can be given what is no chat. */
        private static boolean takesCompletions(Graph graph) {
            Node entry = graph.node(graph.entry());
            Model model = entry.model() == null ? null : graph.models().get(entry.model());
            return graph.isLast(entry) && entry.context() == null && model != null && model.kind() == Model.Kind.OPENAI;
        }
    }
}

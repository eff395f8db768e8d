package io.llmnet.pipeline.file;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and checks what a node says about choosing by embeddings: {@code choose-by}, {@code examples}. */
final class Comparing {
    private static final int MOST_EXAMPLES = 50;
    private static final int LONGEST_EXAMPLE = 1000;

    private Comparing() {}

    static Node.ChooseBy chooseBy(Section section) {
        String written = section.text("choose-by");
        if (written != null && !written.equals("model") && !written.equals("embedding")) {
            section.error("choose-by", "must be model or embedding");
        }
        return "embedding".equals(written) ? Node.ChooseBy.EMBEDDING : Node.ChooseBy.MODEL;
    }

    static List<String> examples(Section section) {
        List<Value> items = section.items("examples");
        if (items.size() > MOST_EXAMPLES) {
            section.error("examples", "are more than " + MOST_EXAMPLES + "; keep those that differ most");
            return List.of();
        }
        List<String> examples = new ArrayList<>();
        int index = 0;
        for (Value item : items) {
            String path = Paths.item(section.path("examples"), index++);
            if (!(item instanceof Value.Text text)) {
                boolean quotable = item instanceof Value.Numeral || item instanceof Value.Truth;
                section.problems()
                        .error(
                                item.place(),
                                path,
                                "must be text, not " + item.kind() + (quotable ? "; put it in quotes" : ""));
            } else if (text.text().isBlank()) {
                section.problems().error(item.place(), path, "is empty; write a request into it");
            } else if (text.text().length() > LONGEST_EXAMPLE) {
                section.problems()
                        .error(
                                item.place(),
                                path,
                                "has more than " + LONGEST_EXAMPLE + " characters, and more are not compared;"
                                        + " shorten it");
            } else {
                examples.add(text.text());
            }
        }
        return examples;
    }

    /** What cannot work, or has no effect, once it is known where nodes lead. */
    static void check(Graph graph, List<Draft> drafts) {
        Set<String> compared = new HashSet<>();
        for (Draft draft : drafts) {
            Node node = graph.node(draft.name());
            List<Node> choices = draft.isModel() ? graph.choices(node) : List.of();
            chooser(graph, draft.section(), node, choices);
            if (node.chooseBy() == Node.ChooseBy.EMBEDDING && choices.size() > 1) {
                choices.forEach(choice -> compared.add(choice.name()));
            }
        }
        drafts.stream()
                .filter(draft -> !draft.examples().isEmpty() && !compared.contains(draft.name()))
                .forEach(draft -> draft.section()
                        .warning(
                                "examples",
                                "have no effect, for no node that leads here has \"choose-by\": \"embedding\""));
    }

    private static void chooser(Graph graph, Section section, Node node, List<Node> choices) {
        boolean compares = node.chooseBy() == Node.ChooseBy.EMBEDDING;
        String model = node.embeddingModel();
        if (section.has("choose-by") && choices.size() < 2) {
            section.warning("choose-by", "has no effect, for this node does not choose; take it out");
        } else if (model != null && !compares) {
            section.warning("embedding-model", "has no effect without \"choose-by\": \"embedding\"; add that");
        } else if (compares) {
            choices.stream()
                    .filter(choice ->
                            choice.useCase() == null && choice.examples().isEmpty())
                    .forEach(choice -> section.warning(
                            "choose-by",
                            "can compare \"" + choice.name() + "\" by its name alone; give it a \"use-case\""
                                    + " or \"examples\""));
        }
        if (model != null && !graph.models().containsKey(model)) {
            section.error(
                    "embedding-model",
                    Composition.unknown("model", model, graph.models().keySet()));
        }
    }
}

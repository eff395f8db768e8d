package io.llmnet.pipeline.file;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a file that says which models there are and how nodes lead to each other. */
final class Composition {
    private static final int MOST_NODES = 1000;

    private Composition() {}

    /**
     * Reads it whole.
     *
     * @param port where a manifest wants to be served
     * @param usual how patient to be with a model's server where the file does not say
     * @return null when there is nothing to make a graph of; what is wrong stands in the section's problems
     */
    static @Nullable Graph read(
            Section section, String name, @Nullable Integer port, SecretSources secrets, Timeouts usual) {
        secrets.declare(section);
        Map<String, Model> models = models(section, usual);
        List<Section> architecture = architecture(section);
        Map<String, String> headerVariables = HeaderKeys.of(architecture);
        Set<String> customVariables = new HashSet<>(headerVariables.keySet());
        customVariables.addAll(HookForm.variables(architecture));
        Map<String, Function> functions =
                FunctionForm.all(section, new Texts(customVariables, reference -> secret(section, secrets, reference)));
        List<Draft> drafts = new ArrayList<>();
        Set<String> callable = FunctionForm.names(section);
        for (Section node : architecture) {
            Draft draft = NodeForm.read(node, callable, customVariables, name, models.keySet());
            if (draft != null) {
                drafts.add(draft);
            }
        }
        if (drafts.isEmpty()) {
            return null;
        }
        return new Wiring(name, drafts, models, functions, headerVariables, section.problems()).graph(port);
    }

    /** What a reference such as {@code secrets.a.B} in a function stands for; null when it is none. */
    private static @Nullable String secret(Section section, SecretSources secrets, String reference) {
        String[] parts = reference.split("\\.", -1);
        boolean isSecret = parts.length == 3 && parts[0].equals("secrets") && parts[2].matches("[A-Za-z0-9_]+");
        return isSecret
                ? secrets.value(section.place("functions"), section.path("functions"), parts[1], parts[2])
                        .orElse(null)
                : null;
    }

    private static Map<String, Model> models(Section section, Timeouts usual) {
        Map<String, Model> models = new LinkedHashMap<>();
        if (!section.has("models")) {
            missing(section, "models", "name the models under it");
        }
        Section named = section.section("models");
        if (named != null) {
            named.sections().forEach((name, form) -> models.put(name, ModelForm.read(name, form, usual)));
        }
        return models;
    }

    private static List<Section> architecture(Section section) {
        if (!section.has("architecture")) {
            missing(section, "architecture", "list the nodes under it");
            return List.of();
        }
        List<Section> nodes = section.list("architecture");
        if (section.find("architecture") instanceof Value.Sequence sequence
                && sequence.items().isEmpty()) {
            section.error("architecture", "has no nodes; add one");
        }
        if (nodes.size() > MOST_NODES) {
            section.error("architecture", "has more than " + MOST_NODES + " nodes; split the pipeline");
            return List.of();
        }
        return nodes;
    }

    private static void missing(Section section, String key, String mend) {
        section.problems().error(section.place(), section.path(), "the key \"" + key + "\" is missing; " + mend);
    }

    /** What to say of a name that is none of those known. */
    static String unknown(String what, String name, Collection<String> known) {
        return "there is no " + what + " \"" + name + "\"; " + Spelling.advice(name, known);
    }
}

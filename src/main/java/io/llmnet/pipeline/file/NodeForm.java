package io.llmnet.pipeline.file;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import io.llmnet.council.CouncilReader;
import io.llmnet.ensemble.Council;
import io.llmnet.pipeline.Alert;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Condition;
import io.llmnet.pipeline.Conditions;
import io.llmnet.pipeline.Hooks;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Template;
import io.llmnet.pipeline.Templates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one node of a file's architecture. */
final class NodeForm {
    private static final List<String> ADAPTERS = List.of("openai-api", "output", "ws");

    private final Section section;
    private final @Nullable Section options;

    private NodeForm(Section section) {
        this.section = section;
        this.options = section.section("extra-options");
    }

    /**
     * The node as it stands; null when it has no name.
     *
     * @param functions those that its hooks may call
     * @param customVariables those that its conditions and prompts may use beside the known ones
     * @param pipeline its pipeline's name
     * @param models those that it may ask
     */
    static @Nullable Draft read(
            Section section,
            Set<String> functions,
            Set<String> customVariables,
            String pipeline,
            Collection<String> models) {
        NodeForm form = new NodeForm(section);
        Hooks hooks = HookForm.of(section, functions, customVariables);
        Draft draft = form.draft(hooks, customVariables, form.council(pipeline, models));
        section.close();
        return draft;
    }

    private @Nullable Draft draft(Hooks hooks, Set<String> customVariables, @Nullable Council council) {
        String name = section.required("name");
        Node.Role role = role(name);
        Draft draft = new Draft(
                section,
                name == null ? "" : name,
                section.integer("layer", 0, Vocabulary.MOST_LAYERS),
                role,
                section.text("model"),
                council,
                modelOverride(),
                targets(),
                fanOut(),
                condition(role, customVariables),
                section.text("use-case"),
                Comparing.examples(section),
                context(role, customVariables),
                Comparing.chooseBy(section),
                section.text("embedding-model"),
                section.text("default"),
                hooks,
                listen(),
                alert(role, customVariables));
        closeOptions();
        return name == null ? null : draft;
    }

    private Node.Role role(@Nullable String name) {
        String adapter = section.text("adapter");
        if (adapter == null) {
            return "output".equals(name)
                            && !section.has("model")
                            && !section.has("ensemble")
                            && !section.has("output-to")
                    ? Node.Role.OUTPUT
                    : Node.Role.MODEL;
        }
        return switch (adapter) {
            case "output" -> Node.Role.OUTPUT;
            case "ws" -> Node.Role.ALERT;
            case "openai-api", "openai" -> Node.Role.MODEL;
            default -> {
                section.warning(
                        "adapter", "is unknown, and taken for openai-api; " + Spelling.advice(adapter, ADAPTERS));
                yield Node.Role.MODEL;
            }
        };
    }

    private @Nullable Alert alert(Node.Role role, Set<String> customVariables) {
        section.allow("url");
        return role == Node.Role.ALERT ? AlertForm.read(section, new Texts(customVariables, name -> null)) : null;
    }

    private @Nullable String modelOverride() {
        String override = options == null ? null : options.text("model-override");
        if (options != null && override != null && section.has("ensemble")) {
            options.warning("model-override", "has no effect with an \"ensemble\", whose models keep their names");
        }
        return override;
    }

    /** Those who answer together; null where one model does, or where they cannot, which is a problem by then. */
    private @Nullable Council council(String pipeline, Collection<String> models) {
        Section ensemble = section.section("ensemble");
        if (ensemble == null) {
            return null;
        }
        String name = String.valueOf(section.text("name"));
        Council council = CouncilReader.ofFile(ensemble, models).read(pipeline + "/" + name, null);
        ensemble.close();
        if (section.has("model")) {
            section.error("ensemble", "stands beside \"model\", and a node asks the one or the other; take one out");
        }
        return council;
    }

    private void closeOptions() {
        if (options == null) {
            return;
        }
        HeaderKeys.check(options);
        options.close();
    }

    private @Nullable List<Draft.Target> targets() {
        Value written = section.find("output-to");
        if (written == null) {
            return null;
        }
        String path = section.path("output-to");
        List<Draft.Target> targets = new ArrayList<>();
        if (written instanceof Value.Sequence sequence) {
            int index = 0;
            for (Value item : sequence.items()) {
                target(item, Paths.item(path, index++), targets);
            }
        } else {
            target(written, path, targets);
        }
        return targets;
    }

    private void target(Value written, String path, List<Draft.Target> targets) {
        if (written instanceof Value.Text text) {
            targets.add(new Draft.Target(text.place(), path, text.text().strip(), false));
        } else if (written instanceof Value.Numeral numeral) {
            targets.add(new Draft.Target(numeral.place(), path, numeral.digits(), true));
        } else {
            section.problems()
                    .error(written.place(), path, "must be a layer's number or a node's name, not " + written.kind());
        }
    }

    private boolean fanOut() {
        String fanOut = section.text("fan-out");
        if (fanOut != null && !fanOut.equals("all") && !fanOut.equals("one")) {
            section.error("fan-out", "must be all or one");
        }
        return "all".equals(fanOut);
    }

    private @Nullable Condition condition(Node.Role role, Set<String> customVariables) {
        Value written = section.find("if");
        if (!(written instanceof Value.Text text)) {
            section.text("if");
            return null;
        }
        Set<String> known = new HashSet<>(customVariables);
        if (role == Node.Role.ALERT) {
            known.addAll(AtNode.NAMES);
        }
        return Conditions.compile(text, section, known, role == Node.Role.ALERT);
    }

    private @Nullable Template context(Node.Role role, Set<String> customVariables) {
        String context = section.text("context");
        return context == null || context.isBlank() || role != Node.Role.MODEL
                ? null
                : Templates.compile(context, customVariables, name -> null);
    }

    private Listen listen() {
        String host = section.expanded("bind-addr");
        return new Listen(
                host == null || host.isBlank() ? null : host.strip(), section.integer("bind-port", 1, 65_535));
    }
}

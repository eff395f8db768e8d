package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Condition;
import io.llmnet.pipeline.Conditions;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Hooks;
import io.llmnet.pipeline.Situation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a node's hooks. */
final class HookForm {
    private static final List<String> MOMENTS = List.of("pre", "post");

    private final Section section;
    private final Set<String> functions;
    private final Set<String> variables;

    private HookForm(Section section, Set<String> functions, Set<String> variables) {
        this.section = section;
        this.functions = functions;
        this.variables = variables;
    }

    /**
     * All of a node.
     *
     * @param functions those that they may call
     * @param custom variables that their conditions may use beside those of every run
     */
    static Hooks of(Section node, Set<String> functions, Set<String> custom) {
        Section hooks = node.section("hooks");
        if (hooks == null) {
            return Hooks.NONE;
        }
        Set<String> variables = new HashSet<>(custom);
        variables.addAll(AtNode.NAMES);
        List<List<Hook>> read = new ArrayList<>();
        for (String moment : MOMENTS) {
            List<Hook> all = new ArrayList<>();
            for (Section one : hooks.list(moment)) {
                Hook hook = new HookForm(one, functions, variables).hook();
                one.close();
                if (hook != null) {
                    all.add(hook);
                }
            }
            read.add(all);
        }
        hooks.close();
        return new Hooks(read.get(0), read.get(1));
    }

    /** The variables that the hooks of a file's nodes set. */
    static Set<String> variables(List<Section> nodes) {
        Set<String> names = new HashSet<>();
        for (Section node : nodes) {
            if (node.find("hooks") instanceof Value.Mapping hooks) {
                for (String moment : MOMENTS) {
                    if (hooks.find(moment) instanceof Value.Sequence sequence) {
                        sequence.items().forEach(hook -> addVariable(hook, names));
                    }
                }
            }
        }
        return names;
    }

    private static void addVariable(Value hook, Set<String> names) {
        if (hook instanceof Value.Mapping mapping
                && mapping.find("set") instanceof Value.Text text
                && isName(text.text())) {
            names.add(text.text());
        }
    }

    private @Nullable Hook hook() {
        String function = section.required("function");
        if (function != null && !functions.contains(function)) {
            section.error(
                    "function",
                    Composition.unknown(
                            "function", function, functions.stream().sorted().toList()));
        }
        Hook.Mode mode = mode();
        boolean aborts = aborts(mode);
        Condition condition = condition();
        String set = set(mode);
        return function == null ? null : new Hook(function, mode, aborts, condition, set);
    }

    private Hook.Mode mode() {
        return "transform".equals(oneOf("mode", "observe", "transform")) ? Hook.Mode.TRANSFORM : Hook.Mode.OBSERVE;
    }

    private boolean aborts(Hook.Mode mode) {
        String snake = oneOf("on_failure", "continue", "abort");
        String kebab = oneOf("on-failure", "continue", "abort");
        boolean aborts = "abort".equals(kebab == null ? snake : kebab);
        if (aborts && mode == Hook.Mode.OBSERVE) {
            section.warning(
                    kebab == null ? "on_failure" : "on-failure",
                    "has no effect, for nobody waits for a hook that observes; write \"mode\": \"transform\"");
        }
        return aborts;
    }

    private @Nullable Condition condition() {
        Value written = section.find("if");
        if (!(written instanceof Value.Text text)) {
            section.text("if");
            return null;
        }
        return Conditions.compile(text, section, variables, false);
    }

    private @Nullable String set(Hook.Mode mode) {
        String name = section.text("set");
        if (name == null) {
            return null;
        }
        if (Situation.NAMES.contains(name) || AtNode.NAMES.contains(name)) {
            section.error("set", "is a variable already; use another name");
        } else if (!isName(name)) {
            section.error("set", "must be a name of letters, digits and _, such as TEAM, without a $");
        } else if (mode == Hook.Mode.OBSERVE) {
            section.error(
                    "set", "needs what the function brings, and nobody waits for it; write \"mode\": \"transform\"");
        }
        return name;
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    private @Nullable String oneOf(String key, String first, String second) {
        String chosen = section.text(key);
        if (chosen != null && !chosen.equals(first) && !chosen.equals(second)) {
            section.error(key, "must be " + first + " or " + second);
        }
        return chosen;
    }
}

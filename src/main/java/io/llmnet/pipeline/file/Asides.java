package io.llmnet.pipeline.file;

import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions and hooks: read and checked, and without effect in this release. */
final class Asides {
    private static final Map<String, List<String>> FUNCTIONS = Map.of(
            "rest", List.of("url"),
            "shell", List.of("command"),
            "websocket", List.of("url"),
            "grpc", List.of("address", "service", "method"));

    private Asides() {}

    /** Checks the functions of a composition. */
    static void read(Section composition) {
        check(composition, "functions", "type", FUNCTIONS);
    }

    /** The names that hooks may call. */
    static Set<String> functions(Section composition) {
        return composition.find("functions") instanceof Value.Mapping mapping
                ? mapping.byName().keySet()
                : Set.of();
    }

    private static void check(Section composition, String key, String sort, Map<String, List<String>> sorts) {
        Section named = composition.section(key);
        if (named == null) {
            return;
        }
        composition.warning(key, key + " have no effect yet; they come in a later release");
        for (Section one : named.sections().values()) {
            String chosen = one.required(sort);
            List<String> required = chosen == null ? null : sorts.get(chosen);
            if (required != null) {
                required.forEach(one::required);
            } else if (chosen != null) {
                one.error(
                        sort,
                        "is unknown; "
                                + Spelling.advice(
                                        chosen, sorts.keySet().stream().sorted().toList()));
            }
        }
    }

    /** Checks a node's hooks. */
    static void hooks(Section node, Set<String> functions) {
        Section hooks = node.section("hooks");
        if (hooks == null) {
            return;
        }
        boolean any = false;
        for (String moment : List.of("pre", "post")) {
            for (Section hook : hooks.list(moment)) {
                any = true;
                hook(hook, functions);
            }
        }
        hooks.close();
        if (any) {
            node.warning("hooks", "hooks have no effect yet; they come in a later release");
        }
    }

    private static void hook(Section hook, Set<String> functions) {
        String function = hook.required("function");
        if (function != null && !functions.contains(function)) {
            hook.error(
                    "function",
                    Composition.unknown(
                            "function", function, functions.stream().sorted().toList()));
        }
        oneOf(hook, "mode", List.of("observe", "transform"));
        oneOf(hook, "on-failure", List.of("continue", "abort"));
        hook.text("if");
        hook.close();
    }

    private static void oneOf(Section section, String key, List<String> choices) {
        String chosen = section.text(key);
        if (chosen != null && !choices.contains(chosen)) {
            section.error(key, "must be " + String.join(" or ", choices));
        }
    }
}

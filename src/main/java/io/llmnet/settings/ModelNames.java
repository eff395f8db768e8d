package io.llmnet.settings;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the names of models: aliases, stand-ins and patterns. */
final class ModelNames {
    private ModelNames() {}

    /** What other names stand for. */
    static Map<String, String> aliases(@Nullable Section aliases) {
        Map<String, String> names = new LinkedHashMap<>();
        if (aliases == null) {
            return names;
        }
        for (String alias : aliases.keys()) {
            String model = aliases.text(alias);
            if (model != null && model.isBlank()) {
                aliases.error(alias, "is empty; write the name of a model");
            } else if (model != null && model.equals(alias)) {
                aliases.error(alias, "is an alias of itself; take it out, or name another model");
            } else if (model != null) {
                names.put(alias, model);
            }
        }
        rounds(aliases, names);
        return names;
    }

    /** Tells each cycle once, at the first of its aliases. */
    private static void rounds(Section aliases, Map<String, String> names) {
        Set<String> seen = new HashSet<>();
        for (String alias : names.keySet()) {
            Set<String> way = new LinkedHashSet<>();
            String at = alias;
            while (at != null && way.add(at)) {
                at = names.get(at);
            }
            if (alias.equals(at) && seen.addAll(way)) {
                String last = way.stream().reduce((one, next) -> next).orElse(alias);
                aliases.error(
                        alias,
                        "Circular alias detected: '" + Words.shown(alias) + "' eventually points back to '"
                                + Words.shown(last) + "' ("
                                + Words.shown(String.join(" -> ", way) + " -> " + alias)
                                + "); take one of them out");
            }
        }
    }

    /** Who stands in for a model, best first. */
    static Map<String, List<String>> fallbacks(@Nullable Section fallbacks, Map<String, String> aliases) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        if (fallbacks == null) {
            return chains;
        }
        for (String model : fallbacks.keys()) {
            String meant = aliases.get(model);
            if (meant != null) {
                fallbacks.warning(
                        model,
                        "is an alias, and aliases are followed first, so these are never asked; write them for \""
                                + Words.shown(meant) + "\"");
            }
            chains.put(model, chain(fallbacks, model));
        }
        return chains;
    }

    private static List<String> chain(Section fallbacks, String model) {
        Set<String> chain = new LinkedHashSet<>();
        int index = 0;
        for (Value item : fallbacks.items(model)) {
            String path = Paths.item(fallbacks.path(model), index++);
            String name = item instanceof Value.Text text ? text.text() : "";
            if (name.isBlank()) {
                fallbacks.problems().error(item.place(), path, "must be the name of a model");
            } else if (name.equals(model)) {
                fallbacks.problems().error(item.place(), path, "is the model itself; take it out of its own fallbacks");
            } else if (!chain.add(name)) {
                fallbacks.problems().warning(item.place(), path, "is in the list already; take it out");
            }
        }
        return List.copyOf(chain);
    }

    /** Patterns in the list at a key. */
    static List<String> patterns(Section section, String key) {
        List<String> patterns = new ArrayList<>();
        int index = 0;
        for (Value item : section.items(key)) {
            String path = Paths.item(section.path(key), index++);
            String pattern = item instanceof Value.Text text ? text.text() : "";
            String complaint = complaint(pattern);
            if (complaint == null) {
                patterns.add(pattern);
            } else {
                section.problems().error(item.place(), path, complaint);
            }
        }
        return patterns;
    }

    /** What is wrong with a pattern; null when nothing is. */
    static @Nullable String complaint(String pattern) {
        if (pattern.isBlank()) {
            return "must be the name of a model, or a pattern such as \"gpt-*\"";
        }
        return pattern.chars().noneMatch(each -> "[]{}".indexOf(each) >= 0)
                ? null
                : "has a bracket, which patterns do not know; use * for any text and ? for one character";
    }
}

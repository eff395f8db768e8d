package io.llmnet.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What names of models stand for: aliases followed to their end, and who stands in for whom. */
final class Names {
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, List<String>> standIns = new HashMap<>();

    Names(Map<String, String> aliases, Map<String, List<String>> fallbacks) {
        aliases.keySet().forEach(alias -> this.aliases.put(alias, end(alias, aliases)));
        fallbacks.forEach((model, others) -> standIns.put(resolved(model), standIns(resolved(model), others)));
    }

    /** Settings that hold a cycle are refused; if one comes through, each of its names stands for itself. */
    private static String end(String alias, Map<String, String> aliases) {
        String name = alias;
        for (int steps = 0; steps <= aliases.size(); steps++) {
            String next = aliases.get(name);
            if (next == null) {
                return name;
            }
            name = next;
        }
        return alias;
    }

    private List<String> standIns(String model, List<String> others) {
        Set<String> resolved = new LinkedHashSet<>();
        others.forEach(other -> resolved.add(resolved(other)));
        resolved.remove(model);
        return List.copyOf(new ArrayList<>(resolved));
    }

    /** The model that a name stands for. */
    String resolved(String name) {
        return aliases.getOrDefault(name, name);
    }

    /** Who stands in for a model, best first, all resolved. */
    List<String> standIns(String model) {
        return standIns.getOrDefault(model, List.of());
    }

    /** Names beside those of the models. */
    Set<String> aliases() {
        return aliases.keySet();
    }
}

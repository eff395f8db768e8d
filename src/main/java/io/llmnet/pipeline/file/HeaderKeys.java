package io.llmnet.pipeline.file;

import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.pipeline.AtNode;
import io.llmnet.pipeline.Situation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code extra-options.UseHeaderKeys}: the variables that are headers of the caller's request. */
final class HeaderKeys {
    private static final String KEY = "UseHeaderKeys";
    private static final Set<String> TAKEN = taken();

    private HeaderKeys() {}

    private static Set<String> taken() {
        Set<String> taken = new TreeSet<>(Situation.NAMES);
        taken.addAll(AtNode.NAMES);
        taken.addAll(List.of("HEADER", "BODY"));
        return taken;
    }

    /** The names of the headers, in lower case, by those of the variables, of all nodes of a file. */
    static Map<String, String> of(List<Section> nodes) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Section node : nodes) {
            if (node.find("extra-options") instanceof Value.Mapping options
                    && options.find(KEY) instanceof Value.Sequence keys) {
                keys.items().stream()
                        .filter(key -> key instanceof Value.Text)
                        .map(key -> ((Value.Text) key).text())
                        .filter(HeaderKeys::isVariable)
                        .forEach(name -> headers.put(name, header(name)));
            }
        }
        return headers;
    }

    private static boolean isVariable(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !TAKEN.contains(name);
    }

    /** Says what is wrong with those of one node's options. */
    static void check(Section options) {
        int index = 0;
        for (Value key : options.items(KEY)) {
            String path = Paths.item(options.path(KEY), index++);
            if (!(key instanceof Value.Text text)) {
                options.problems().error(key.place(), path, "must be a variable's name, not " + key.kind());
            } else if (TAKEN.contains(text.text())) {
                options.problems().error(key.place(), path, "is a variable already; use another name");
            } else if (!isVariable(text.text())) {
                options.problems()
                        .error(
                                key.place(),
                                path,
                                "must be a name of letters, digits and _, such as TeamName for the header X-Team-Name");
            }
        }
    }

    /** {@code x-output-custom-key} for {@code OutputCustomKey}. */
    private static String header(String name) {
        String kebab = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .replace('_', '-')
                .toLowerCase(Locale.ROOT);
        return kebab.startsWith("x-") ? kebab : "x-" + kebab;
    }
}

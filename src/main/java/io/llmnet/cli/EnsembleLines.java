package io.llmnet.cli;

import io.llmnet.ensemble.Council;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.PoolSettings.Task;
import java.util.Map;
import java.util.TreeMap;

/** Shows which models answer together by a settings file. */
final class EnsembleLines {
    private final StringBuilder text = new StringBuilder();

    private EnsembleLines() {}

    /** All ensembles and tasks, each on a line; empty where there are none. */
    static String of(GatewaySettings settings) {
        EnsembleLines lines = new EnsembleLines();
        lines.add("Ensembles", settings.ensembles());
        Map<String, Council> tasks = new TreeMap<>();
        settings.pool().tasks().forEach((name, task) -> tasks.put(name, task.council()));
        Task others = settings.pool().others();
        if (others != null) {
            tasks.put("all others", others.council());
        }
        lines.add("Tasks", tasks);
        return lines.text.length() == 0 ? "" : "\n" + lines.text;
    }

    private void add(String title, Map<String, Council> councils) {
        if (councils.isEmpty()) {
            return;
        }
        int width = councils.keySet().stream().mapToInt(String::length).max().orElse(0);
        text.append("  ").append(title).append(":\n");
        new TreeMap<>(councils)
                .forEach((name, council) -> text.append("    ")
                        .append(name)
                        .append(" ".repeat(width - name.length() + 2))
                        .append(council.words())
                        .append('\n'));
    }
}

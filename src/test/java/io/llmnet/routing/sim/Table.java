package io.llmnet.routing.sim;

import io.llmnet.routing.sim.Simulation.Done;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** A table of figures as text, its columns under each other. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String gap = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + gap : "  " + gap + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    static String share(List<Done> done, Predicate<Done> which) {
        long found = done.stream().filter(which).count();
        return String.format(Locale.ROOT, "%.1f%%", 100.0 * found / Math.max(1, done.size()));
    }

    static String quantile(List<Done> done, ToDoubleFunction<Done> what, double share) {
        double[] sorted = done.stream().mapToDouble(what).sorted().toArray();
        return sorted.length == 0
                ? "-"
                : String.format(Locale.ROOT, "%.0f", sorted[(int) Math.ceil(share * sorted.length) - 1]);
    }

    /** The share of requests of a conversation that went where most of it went. */
    static String warm(List<Done> done) {
        Map<Long, Map<String, Integer>> talks = new HashMap<>();
        done.forEach(one ->
                talks.computeIfAbsent(one.talk(), talk -> new HashMap<>()).merge(one.server(), 1, Integer::sum));
        int home = talks.values().stream()
                .mapToInt(each -> each.values().stream().mapToInt(i -> i).max().orElse(0))
                .sum();
        return String.format(Locale.ROOT, "%.1f%%", 100.0 * home / done.size());
    }

    static List<String> cells(String... cells) {
        return new ArrayList<>(Arrays.asList(cells));
    }
}

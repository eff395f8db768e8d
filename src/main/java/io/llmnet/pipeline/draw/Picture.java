package io.llmnet.pipeline.draw;

import io.llmnet.pipeline.Condition;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of a pipeline.
 *
 * @param entry the box where requests come in
 * @param boxes by name, in the order of the file
 * @param lines from each box, in the order in which it leads
 */
public record Picture(String name, String entry, Map<String, Box> boxes, List<Line> lines) {
    public Picture {
        Map<String, Box> ordered = new LinkedHashMap<>(boxes);
        boxes = Collections.unmodifiableMap(ordered);
        lines = lines.stream()
                .filter(line -> ordered.containsKey(line.from()) && ordered.containsKey(line.to()))
                .toList();
    }

    /** What a box stands for. */
    public enum Kind {
        MODEL,
        OUTPUT,
        ALERT
    }

    /**
     * A node.
     *
     * @param model whom it asks, a model or several together; null for nobody
     * @param useCase what it is for; null where nobody says
     * @param fanOut whether it asks all that it leads to
     * @param functions what is called around it, in words; empty for none
     * @param counts what happened here; null where nobody counted
     */
    public record Box(
            String name,
            Kind kind,
            @Nullable String model,
            @Nullable String useCase,
            boolean fanOut,
            String functions,
            @Nullable Counts counts) {}

    /**
     * Where a node leads, or which alert it may set off.
     *
     * @param label when, in words; empty for always
     * @param chosen how often it was chosen among several
     */
    public record Line(String from, String to, String label, boolean isAlert, long chosen) {}

    /** What happened at a node: how often it was asked, how that ended, and how long it took. */
    public record Counts(long asked, long failed, long inFlight, double meanMillis) {
        /** In words; empty when nothing happened. */
        String words() {
            if (asked == 0) {
                return "";
            }
            return asked + " asked" + (failed > 0 ? ", " + failed + " failed" : "")
                    + (inFlight > 0 ? ", " + inFlight + " now" : "") + ", " + time();
        }

        private String time() {
            return meanMillis < 1000 ? Math.round(meanMillis) + " ms" : Math.round(meanMillis / 100) / 10.0 + " s";
        }
    }

    /** The picture of a pipeline that was read. */
    public static Picture of(Graph graph) {
        Map<String, Box> boxes = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        for (Node node : graph.nodes().values()) {
            boxes.put(node.name(), box(node));
            boolean chooses = node.targets().size() > 1;
            node.targets().forEach(target -> {
                boolean isDefault = target.equals(node.defaultTarget());
                String label = chooses ? label(graph.node(target).condition(), isDefault) : "";
                lines.add(new Line(node.name(), target, label, false, 0));
            });
            node.alerts()
                    .forEach(alert -> lines.add(
                            new Line(node.name(), alert, label(graph.node(alert).condition(), false), true, 0)));
        }
        return new Picture(graph.name(), graph.entry(), boxes, lines);
    }

    private static Box box(Node node) {
        Kind kind = Kind.valueOf(node.role().name());
        String functions = Stream.of(
                        words("before", node.hooks().pre()),
                        words("after", node.hooks().post()))
                .filter(words -> !words.isEmpty())
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return new Box(node.name(), kind, node.asks(), node.useCase(), node.fanOut(), functions, null);
    }

    private static String words(String moment, List<Hook> hooks) {
        return hooks.isEmpty()
                ? ""
                : moment + ": "
                        + String.join(", ", hooks.stream().map(Hook::function).toList());
    }

    private static String label(@Nullable Condition condition, boolean isDefault) {
        String when = condition == null ? "" : condition.toString();
        return isDefault ? when.isEmpty() ? "default" : when + " (default)" : when;
    }

    /** The same picture with what another one, of the same pipeline, counted. */
    public Picture counted(Picture live) {
        Map<String, Box> counted = new LinkedHashMap<>();
        boxes.forEach((key, box) -> {
            Box seen = live.boxes().get(key);
            Counts counts = seen == null ? null : seen.counts();
            counted.put(
                    key, new Box(key, box.kind(), box.model(), box.useCase(), box.fanOut(), box.functions(), counts));
        });
        List<Line> chosen = lines.stream()
                .map(line -> new Line(
                        line.from(), line.to(), line.label(), line.isAlert(), live.chosen(line.from(), line.to())))
                .toList();
        return new Picture(name, entry, counted, chosen);
    }

    private long chosen(String from, String to) {
        return lines.stream()
                .filter(line -> line.from().equals(from) && line.to().equals(to))
                .mapToLong(Line::chosen)
                .sum();
    }

    /** The lines that begin at a box. */
    List<Line> from(String box) {
        return lines.stream().filter(line -> line.from().equals(box)).toList();
    }
}

package io.llmnet.discovery.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON document: {@code /data/0/id}. A star stands for any beginning of a key, alone for any child; the empty
 * pointer is the document itself.
 */
public final class Pointer {
    private final List<String> steps;

    private Pointer(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The place; null when the text is none. */
    static @Nullable Pointer parse(String text) {
        if (text.isEmpty()) {
            return new Pointer(List.of());
        }
        return text.startsWith("/") && text.indexOf(' ') < 0
                ? new Pointer(List.of(text.substring(1).split("/", -1)))
                : null;
    }

    /** All that is there, nulls left out; a list stands for itself. */
    public List<JsonNode> find(JsonNode document) {
        List<JsonNode> found = List.of(document);
        for (String step : steps) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> follow(node, step, next));
            found = next;
        }
        return found.stream().filter(node -> !node.isNull()).toList();
    }

    /** The first that is there; null when nothing is. */
    public @Nullable JsonNode first(JsonNode document) {
        List<JsonNode> found = find(document);
        return found.isEmpty() ? null : found.get(0);
    }

    /** The first text that is there; null when there is none. */
    public @Nullable String text(JsonNode document) {
        JsonNode first = first(document);
        return first != null && first.isTextual() && !first.textValue().isBlank() ? first.textValue() : null;
    }

    /** The first whole number above 0 that is there; 0 when there is none. */
    public long number(JsonNode document) {
        JsonNode first = first(document);
        return first != null && first.isNumber() ? Math.max(0, first.longValue()) : 0;
    }

    private static void follow(JsonNode node, String step, List<JsonNode> into) {
        if (step.startsWith("*")) {
            any(node, step.substring(1), into);
            return;
        }
        JsonNode child = node.isArray() && step.matches("\\d{1,6}") ? node.get(Integer.parseInt(step)) : node.get(step);
        if (child != null) {
            into.add(child);
        }
    }

    private static void any(JsonNode node, String end, List<JsonNode> into) {
        if (node.isArray()) {
            node.forEach(into::add);
            return;
        }
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            if (one.getKey().endsWith(end)) {
                into.add(one.getValue());
            }
        }
    }
}

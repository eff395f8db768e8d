package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a picture as a flowchart in Mermaid's language. */
public final class MermaidDrawing {
    private static final int LONGEST = 40;

    private MermaidDrawing() {}

    /** The drawing, with a line break at its end. */
    public static String of(Picture picture) {
        StringBuilder text = new StringBuilder("flowchart LR\n  start((\" \")):::entry\n");
        Map<String, String> ids = new LinkedHashMap<>();
        for (Picture.Box box : picture.boxes().values()) {
            String id = "n" + ids.size();
            ids.put(box.name(), id);
            text.append("  ").append(id).append(node(box)).append('\n');
        }
        text.append("  start --> ").append(ids.get(picture.entry())).append('\n');
        for (Picture.Line line : picture.lines()) {
            text.append("  ").append(ids.get(line.from())).append(line.isAlert() ? " -.->" : " -->");
            text.append(label(line)).append(' ').append(ids.get(line.to())).append('\n');
        }
        return text.append("  classDef entry fill:#6366f1,stroke:#6366f1\n")
                .append("  classDef model stroke:#0ea5e9\n")
                .append("  classDef output stroke:#10b981\n")
                .append("  classDef alert stroke:#f59e0b,stroke-dasharray:4 3\n")
                .toString();
    }

    private static String node(Picture.Box box) {
        List<String> lines = new ArrayList<>();
        lines.add("<b>" + escaped(box.name()) + "</b>");
        if (box.model() != null) {
            lines.add(escaped(box.model()));
        }
        if (box.useCase() != null) {
            lines.add("<i>" + escaped(TextDrawing.shortened(box.useCase(), LONGEST)) + "</i>");
        }
        if (box.fanOut()) {
            lines.add("all at once");
        }
        if (!box.functions().isEmpty()) {
            lines.add(escaped(box.functions()));
        }
        if (box.counts() != null && !box.counts().words().isEmpty()) {
            lines.add(box.counts().words());
        }
        String words = "\"" + String.join("<br/>", lines) + "\"";
        String shaped = switch (box.kind()) {
            case MODEL -> "[" + words + "]";
            case OUTPUT -> "([" + words + "])";
            case ALERT -> "{{" + words + "}}";
        };
        return shaped + ":::" + box.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String label(Picture.Line line) {
        String words = escaped(line.label());
        if (line.chosen() > 0) {
            words += (words.isEmpty() ? "" : "<br/>") + line.chosen() + " ×";
        }
        return words.isEmpty() ? "" : "|\"" + words + "\"|";
    }

    /** What its grammar or its HTML could take for its own, by number. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.strip().replaceAll("\\s+", " ").codePoints().forEach(point -> {
            if ("#&<>\"`;|{}[]()\\".indexOf(point) >= 0) {
                escaped.append('#').append(point).append(';');
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }
}

package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Draws a picture as a tree of lines, for a terminal; a box that several lead to is opened once. */
public final class TextDrawing {
    private static final int LONGEST = 60;

    private final Picture picture;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> drawn = new HashSet<>();

    private TextDrawing(Picture picture) {
        this.picture = picture;
    }

    /** The drawing, with a line break at its end. */
    public static String of(Picture picture) {
        return new TextDrawing(picture).whole();
    }

    private String whole() {
        text.append(picture.name()).append("\n\n");
        Picture.Box entry = picture.boxes().get(picture.entry());
        if (entry != null) {
            text.append("● ").append(words(entry)).append('\n');
            drawn.add(entry.name());
            branches(entry.name(), "  ");
        }
        List<Picture.Box> lost = picture.boxes().values().stream()
                .filter(box -> !drawn.contains(box.name()))
                .toList();
        for (Picture.Box box : lost) {
            if (drawn.add(box.name())) {
                text.append("\n○ ").append(words(box)).append('\n');
                branches(box.name(), "  ");
            }
        }
        return text.toString();
    }

    private void branches(String box, String indent) {
        List<Picture.Line> lines = picture.from(box);
        for (int at = 0; at < lines.size(); at++) {
            branch(lines.get(at), indent, at == lines.size() - 1);
        }
    }

    private void branch(Picture.Line line, String indent, boolean isLast) {
        text.append(indent).append(isLast ? "└" : "├").append(line.isAlert() ? "╌ " : "─ ");
        String when = line.label().equals("default") ? "default" : "if " + line.label();
        text.append(line.label().isEmpty() ? "" : when + ": ");
        text.append(line.chosen() > 0 ? line.chosen() + " × " : "");
        Picture.Box target = picture.boxes().get(line.to());
        boolean isNew = target != null && drawn.add(line.to());
        if (target == null || !isNew) {
            text.append(line.to()).append(picture.from(line.to()).isEmpty() ? "\n" : " ↑\n");
            return;
        }
        text.append(words(target)).append('\n');
        branches(line.to(), indent + (isLast ? "   " : "│  "));
    }

    private static String words(Picture.Box box) {
        List<String> said = new ArrayList<>();
        if (box.kind() != Picture.Kind.MODEL) {
            said.add(box.kind() == Picture.Kind.OUTPUT ? "output" : "alert");
        }
        if (box.model() != null) {
            said.add("asks " + box.model());
        }
        if (box.fanOut()) {
            said.add("then all at once");
        }
        String words = box.name() + (said.isEmpty() ? "" : "  (" + String.join(", ", said) + ")");
        String useCase = box.useCase() == null ? "" : "  " + shortened(box.useCase(), LONGEST);
        String functions = box.functions().isEmpty() ? "" : "  {" + box.functions() + "}";
        String counts = box.counts() == null ? "" : box.counts().words();
        return words + useCase + functions + (counts.isEmpty() ? "" : "  [" + counts + "]");
    }

    /** A text on one line, cut where it is too long. */
    static String shortened(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        int[] points = line.codePoints().toArray();
        return points.length <= most ? line : new String(points, 0, most - 1).strip() + "…";
    }
}

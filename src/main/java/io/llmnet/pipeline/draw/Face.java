package io.llmnet.pipeline.draw;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a box, line by line.
 *
 * @param rows the first is the name
 */
record Face(Picture.Box box, List<Row> rows) {
    private static final int LONGEST = 36;
    private static final double PADDING = 14;
    private static final double NAME_HEIGHT = 20;
    private static final double ROW_HEIGHT = 17;

    /**
     * One line of text.
     *
     * @param style the name of its style
     */
    record Row(String text, String style, double width, double height) {
        static Row name(String text) {
            return new Row(text, "name", cells(text) * 8.4, NAME_HEIGHT);
        }

        static Row of(String text, String style) {
            return new Row(text, style, cells(text) * 6.9, ROW_HEIGHT);
        }
    }

    static Face of(Picture.Box box) {
        List<Row> rows = new ArrayList<>(List.of(Row.name(TextDrawing.shortened(box.name(), LONGEST))));
        if (box.model() != null) {
            rows.add(Row.of(TextDrawing.shortened(box.model(), LONGEST), "model"));
        } else if (box.kind() != Picture.Kind.MODEL) {
            rows.add(Row.of(box.kind() == Picture.Kind.OUTPUT ? "output" : "alert", "model"));
        }
        if (box.useCase() != null) {
            rows.add(Row.of(TextDrawing.shortened(box.useCase(), LONGEST), "use"));
        }
        if (!box.functions().isEmpty()) {
            rows.add(Row.of("ƒ " + TextDrawing.shortened(box.functions(), LONGEST), "use"));
        }
        if (box.fanOut()) {
            rows.add(Row.of("asks all at once", "use"));
        }
        String counts = box.counts() == null ? "" : box.counts().words();
        if (!counts.isEmpty()) {
            rows.add(Row.of(counts, box.counts() != null && box.counts().failed() > 0 ? "failed" : "counts"));
        }
        return new Face(box, rows);
    }

    double width() {
        return rows.stream().mapToDouble(Row::width).max().orElse(0) + 2 * PADDING + 4;
    }

    double height() {
        return rows.stream().mapToDouble(Row::height).sum() + PADDING + 2;
    }

    /** How many columns of letters a text takes; those of East Asia take two. */
    static int cells(String text) {
        return text.codePoints().map(point -> point >= 0x1100 ? 2 : 1).sum();
    }
}

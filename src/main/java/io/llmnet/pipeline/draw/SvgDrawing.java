package io.llmnet.pipeline.draw;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws a picture as SVG that needs nothing else, and is readable on light and dark pages. */
public final class SvgDrawing {
    private static final String STYLE = """
            <style>
              .page { fill: #ffffff }
              text { font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; font-size: 12px; fill: #64748b }
              .name { font-size: 14px; font-weight: 600; fill: #0f172a }
              .use { font-style: italic }
              .counts { fill: #0f766e }
              .failed { fill: #b91c1c }
              .label { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11px; fill: #475569 }
              .box { fill: #f8fafc; stroke: #cbd5e1 }
              .alert .box { stroke: #f59e0b; stroke-dasharray: 4 3 }
              .stripe { fill: #0ea5e9 }
              .entry .stripe, .start { fill: #6366f1 }
              .output .stripe { fill: #10b981 }
              .alert .stripe { fill: #f59e0b }
              .line { fill: none; stroke: #94a3b8; stroke-width: 1.5 }
              .dashed { stroke-dasharray: 5 4 }
              .tip { fill: #94a3b8 }
              .pill { fill: #ffffff; stroke: #e2e8f0 }
              @media (prefers-color-scheme: dark) {
                .page { fill: #0f172a }
                text { fill: #94a3b8 }
                .name { fill: #f1f5f9 }
                .counts { fill: #5eead4 }
                .failed { fill: #fca5a5 }
                .label { fill: #cbd5e1 }
                .box { fill: #1e293b; stroke: #475569 }
                .line { stroke: #64748b }
                .tip { fill: #64748b }
                .pill { fill: #0f172a; stroke: #334155 }
              }
            </style>
            """;
    private static final double PADDING = 16;
    private static final double TIP = 7;
    private static final double PILL = 18;

    private final Picture picture;
    private final Layout layout;
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder pills = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();
    private final Set<String> labelled = new HashSet<>();

    private SvgDrawing(Picture picture) {
        this.picture = picture;
        this.layout = Layout.of(picture);
    }

    /** The drawing, a whole file. */
    public static String of(Picture picture) {
        return new SvgDrawing(picture).whole();
    }

    private String whole() {
        layout.ways().forEach(this::way);
        double below = 0;
        for (Picture.Line line : layout.back()) {
            back(line, below);
            below += 16;
        }
        layout.boxes().values().forEach(this::box);
        entrance();
        String size = format(
                "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\"", width(), height(), width(), height());
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + " role=\"img\">\n<title>" + escaped(picture.name())
                + "</title>\n" + STYLE + "<rect class=\"page\" width=\"100%\" height=\"100%\" rx=\"10\"/>\n" + lines
                + pills
                + boxes + "</svg>\n";
    }

    private double width() {
        return layout.width();
    }

    private double height() {
        return layout.height();
    }

    private void way(Layout.Way way) {
        List<Spot> spots = way.spots();
        Picture.Line line = way.line();
        Spot from = spots.get(0);
        double x = from.end();
        double y = from.y;
        StringBuilder path = new StringBuilder(format("M%.1f %.1f", x, y));
        double label = line.label().isEmpty() ? 0 : labelWidth(line.label()) + 14;
        for (Spot spot : spots.subList(1, spots.size())) {
            boolean isEnd = spot.face != null;
            double end = isEnd ? spot.x - TIP - label : spot.x;
            double middle = (x + end) / 2;
            path.append(format(" C%.1f %.1f %.1f %.1f %.1f %.1f", middle, y, middle, spot.y, end, spot.y));
            if (isEnd) {
                label(line, spot, label);
                chosen(line, (x + end) / 2, (y + spot.y) / 2);
            }
            path.append(format(" H%.1f", isEnd ? spot.x - TIP : spot.end()));
            x = spot.end();
            y = spot.y;
        }
        Spot to = spots.get(spots.size() - 1);
        line(path.toString(), line.isAlert());
        lines.append(format("<path class=\"tip\" d=\"M%.1f %.1f l%.1f -4 v8 z\"/>%n", to.x - 0.5, to.y, -TIP - 0.5));
    }

    private void line(String path, boolean isDashed) {
        lines.append("<path class=\"line").append(isDashed ? " dashed" : "").append("\" d=\"");
        lines.append(path).append("\"/>\n");
    }

    /** A condition stands before the box that it guards, once for all lines that it is on. */
    private void label(Picture.Line line, Spot to, double room) {
        if (room > 0 && labelled.add(line.to() + " " + line.label())) {
            long others = labelled.stream()
                            .filter(other -> other.startsWith(line.to() + " "))
                            .count()
                    - 1;
            pill(line.label(), to.x - TIP - room / 2 - 2, to.y + others * (PILL + 3));
        }
    }

    private void chosen(Picture.Line line, double x, double y) {
        if (line.chosen() > 0) {
            pill(line.chosen() + " ×", x, y);
        }
    }

    private void pill(String words, double x, double y) {
        double width = labelWidth(words);
        pills.append(format(
                "<rect class=\"pill\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" rx=\"9\"/>"
                        + "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">",
                x - width / 2, y - PILL / 2, width, PILL, x, y + 4));
        pills.append(escaped(words)).append("</text>\n");
    }

    private static double labelWidth(String label) {
        return Face.cells(label) * Layout.LABEL_LETTER + 16;
    }

    /** A round is closed below everything. */
    private void back(Picture.Line line, double below) {
        Spot from = layout.boxes().get(line.from());
        Spot to = layout.boxes().get(line.to());
        if (from == null || to == null) {
            return;
        }
        double start = from.x + from.width * 0.6;
        double end = to.x + to.width * 0.4;
        double floor = height() - 36 - below;
        double foot = to.y + to.height / 2;
        line(
                format(
                        "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f S%.1f %.1f %.1f %.1f",
                        start,
                        from.y + from.height / 2,
                        start,
                        floor,
                        start,
                        floor,
                        (start + end) / 2,
                        floor,
                        end,
                        floor,
                        end,
                        foot + TIP),
                true);
        lines.append(format("<path class=\"tip\" d=\"M%.1f %.1f l-4 %.1f h8 z\"/>%n", end, foot + 0.5, TIP + 0.5));
        if (!line.label().isEmpty()) {
            pill(line.label(), (start + end) / 2, floor);
        }
    }

    private void box(Spot spot) {
        Face face = spot.face;
        if (face == null) {
            return;
        }
        String kind = face.box().name().equals(picture.entry())
                ? "entry"
                : face.box().kind().name().toLowerCase(Locale.ROOT);
        boxes.append("<g class=\"").append(kind).append("\">");
        boxes.append(format(
                "<rect class=\"box\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"8\"/>"
                        + "<rect class=\"stripe\" x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\" rx=\"2\"/>",
                spot.x, spot.top(), spot.width, spot.height, spot.x + 5, spot.top() + 8, spot.height - 16));
        double y = spot.top() + PADDING / 2 - 1;
        for (Face.Row row : face.rows()) {
            y += row.height();
            boxes.append(format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", row.style(), spot.x + PADDING + 1, y - 4));
            boxes.append(escaped(row.text())).append("</text>");
        }
        boxes.append("</g>\n");
    }

    private void entrance() {
        Spot entry = layout.boxes().get(picture.entry());
        if (entry != null) {
            line(format("M%.1f %.1f H%.1f", entry.x - 30, entry.y, entry.x - TIP), false);
            lines.append(format(
                    "<path class=\"tip\" d=\"M%.1f %.1f l%.1f -4 v8 z\"/>%n", entry.x - 0.5, entry.y, -TIP - 0.5));
            boxes.append(format("<circle class=\"start\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>%n", entry.x - 32, entry.y));
        }
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form.replace("%n", "\n"), values);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().filter(point -> !Character.isISOControl(point)).forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }
}

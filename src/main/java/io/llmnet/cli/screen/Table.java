package io.llmnet.cli.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Rows under headings. Where they are wider than the screen, the widest columns give way first; what does not fit ends in an
 * ellipsis.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final String CUT = "…";
    /** No column gets narrower, for nothing could be told from it. */
    private static final int LEAST = 6;

    private final List<Cell> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    private Table(List<Cell> headings) {
        this.headings = headings;
    }

    public static Table of(String... headings) {
        return new Table(Arrays.stream(headings)
                .map(heading -> new Cell(heading.toUpperCase(Locale.ROOT), Colour.BOLD))
                .toList());
    }

    /** One more row, a cell for each heading. */
    public void add(Cell... row) {
        if (row.length != headings.size()) {
            throw new IllegalArgumentException(row.length + " cells under " + headings.size() + " headings");
        }
        rows.add(List.of(row));
    }

    /** The whole of it, with a line end after each row. */
    public String drawn(Screen screen) {
        int[] widths = widths(screen.columns());
        StringBuilder drawn = new StringBuilder();
        line(headings, widths, screen, drawn);
        rows.forEach(row -> line(row, widths, screen, drawn));
        return drawn.toString();
    }

    private int[] widths(int columns) {
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        int over = columns == 0 ? 0 : Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - columns;
        for (; over > 0; over--) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((one, other) -> widths[other] > widths[one] ? other : one)
                    .orElse(0);
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(length(headings.get(column))),
                        rows.stream().mapToInt(row -> length(row.get(column))))
                .max()
                .orElse(0);
    }

    private static int length(Cell cell) {
        return cell.text().codePointCount(0, cell.text().length());
    }

    private static void line(List<Cell> row, int[] widths, Screen screen, StringBuilder drawn) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = row.get(i);
            String text = cut(cell.text(), widths[i]);
            boolean isLast = i == widths.length - 1;
            line.append(screen.paint(cell.colour(), text));
            line.append(isLast ? "" : " ".repeat(widths[i] - text.codePointCount(0, text.length())) + GAP);
        }
        drawn.append(line.toString().stripTrailing()).append('\n');
    }

    private static String cut(String text, int width) {
        return text.codePointCount(0, text.length()) <= width
                ? text
                : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
    }
}

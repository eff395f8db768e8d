package io.llmnet.config;

/** Shows where in a text a mistake is: the text as one line, and a caret under the place on the next. */
final class Excerpt {
    private static final int WIDTH = 76;
    private static final String INDENT = "    ";
    private static final char CUT = '…';

    private Excerpt() {}

    /**
     * Both lines, indented; of a long text only what stands around the place.
     *
     * @param at how many {@code char}s stand before the place; at most the text's length
     */
    static String of(String text, int at) {
        int[] seen = text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .toArray();
        int caret = text.codePointCount(0, at);
        int from = Math.max(0, Math.min(caret - WIDTH / 2, seen.length - WIDTH));
        int to = Math.min(seen.length, from + WIDTH);
        if (from > 0) {
            seen[from] = CUT;
        }
        if (to < seen.length) {
            seen[to - 1] = CUT;
        }
        return INDENT + new String(seen, from, to - from) + "\n" + INDENT + " ".repeat(caret - from) + "^";
    }
}

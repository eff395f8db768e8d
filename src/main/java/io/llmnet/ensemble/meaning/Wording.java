package io.llmnet.ensemble.meaning;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text without what says nothing: its case, the space in it, and what is wrapped around all of it. A line break before an
 * indented line is kept with its indentation, since in some languages that is the code's meaning.
 */
final class Wording {
    /** A power must not become a part of the number before it, which it does in NFKC. */
    private static final Pattern RAISED = Pattern.compile("[⁰¹²³⁴-⁹]+");

    private static final String FENCE = "```";

    private Wording() {}

    /** The text evened out: equal where two differ in nothing that matters. As it is, stripped, where nothing is left. */
    static String even(String text) {
        String even = Wrapping.off(spaced(plain(unfenced(text.strip())).toLowerCase(Locale.ROOT)));
        return even.isEmpty() ? text.strip() : even;
    }

    /** In NFKC, which ASCII is already. */
    private static String plain(String text) {
        return text.chars().allMatch(letter -> letter < 128)
                ? text
                : Normalizer.normalize(RAISED.matcher(text).replaceAll("^$0"), Normalizer.Form.NFKC);
    }

    /** With single spaces only, but for the indentation of lines. */
    private static String spaced(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = at;
            int line = -1;
            while (end < text.length() && isSpace(text.charAt(end))) {
                line = text.charAt(end) == '\n' ? end : line;
                end++;
            }
            if (end == at) {
                spaced.append(text.charAt(at));
                at++;
            } else {
                boolean isIndented = line >= 0 && line < end - 1;
                spaced.append(isIndented ? text.substring(line, end) : " ");
                at = end;
            }
        }
        return spaced.toString();
    }

    private static boolean isSpace(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter);
    }

    private static String unfenced(String text) {
        int line = text.indexOf('\n');
        boolean isFenced = text.startsWith(FENCE) && text.endsWith(FENCE) && line > 0 && line < text.length() - 3;
        return isFenced ? text.substring(line + 1, text.length() - FENCE.length()) : text;
    }
}

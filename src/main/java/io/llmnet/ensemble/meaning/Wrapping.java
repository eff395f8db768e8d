package io.llmnet.ensemble.meaning;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off what is around a whole text and says nothing: a pair of quotes or of emphasis, and what ends a sentence. Only
 * there, and only in pairs or after a word: elsewhere these signs mean something, as in {@code *p}, {@code 5!} or {@code [0, 1)}.
 */
final class Wrapping {
    /** An opening and a closing sign each. */
    private static final List<String> QUOTES = List.of("\"\"", "''", "“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", "‹›");

    /** May be around a text several times. */
    private static final String EMPHASIS = "*`";

    private static final String ENDINGS = ".,;:!。、";

    /** The name of a choice: {@code B)} or {@code (B)}. */
    private static final Pattern CHOICE = Pattern.compile("\\(?([\\p{L}\\p{M}\\p{N}]++)\\)");

    private Wrapping() {}

    /** The text alone. Each kind is around it once at most, so this comes to an end soon. */
    static String off(String wrapped) {
        String text = wrapped.strip();
        String before;
        do {
            before = text;
            text = unquoted(unended(before)).strip();
        } while (text.length() < before.length());
        Matcher choice = CHOICE.matcher(text);
        return choice.matches() ? choice.group(1) : text;
    }

    private static String unended(String text) {
        int end = text.length();
        while (end > 0 && ENDINGS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        if (!endsInWord(text, end)) {
            end = text.length(); // "5!" is another number, "x!" too; a point says nothing even there
            while (end > 0 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '。')) {
                end--;
            }
        }
        return text.substring(0, end);
    }

    private static boolean endsInWord(String text, int end) {
        return end > 1 && Character.isLetter(text.charAt(end - 1)) && Character.isLetter(text.charAt(end - 2));
    }

    private static String unquoted(String text) {
        int last = text.length() - 1;
        if (last < 2) {
            return text;
        }
        char first = text.charAt(0);
        if (QUOTES.contains("" + first + text.charAt(last))) {
            return alone(text, 1, first, text.charAt(last));
        }
        if (EMPHASIS.indexOf(first) >= 0) {
            return alone(text, leading(text, first), first, first);
        }
        return first == '_' ? alone(text, 1, first, first) : text;
    }

    private static int leading(String text, char sign) {
        int count = 0;
        while (count < text.length() && text.charAt(count) == sign) {
            count++;
        }
        return count;
    }

    /** What is between so many of these; all, where they are not one pair. */
    private static String alone(String text, int many, char opening, char closing) {
        int end = text.length() - many;
        if (end <= many || !text.endsWith(String.valueOf(closing).repeat(many))) {
            return text;
        }
        String inner = text.substring(many, end);
        boolean isPair = inner.indexOf(opening) < 0 && inner.indexOf(closing) < 0 && inner.equals(inner.strip());
        return isPair ? inner : text;
    }
}

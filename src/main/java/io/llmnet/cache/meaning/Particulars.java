package io.llmnet.cache.meaning;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What turns the meaning of a question though it hardly moves its vector: numbers, denials, opposites, signs, words that are
 * not of Latin letters, and the order of its words. Two questions can mean the same only where all of these are the same.
 *
 * @param turning words and signs that are all in the other question, too, in the same order; in lower case
 * @param order its words and signs but for the little ones, each once; those of both questions come in the same order
 */
record Particulars(List<String> turning, List<String> order) {
    /** Numbers, words, and signs but for those that end, part or quote what is said. */
    private static final Pattern WORD = Pattern.compile("[-+]?\\p{Nd}+(?:[.,:/]\\p{Nd}+)*[%!]?"
            + "|[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)?"
            + "|[^\\s\\p{Z}.,:;?!¿¡…'\"‘’“”„«»–—-]");

    /** Words that stand in one place as well as in another. */
    private static final Set<String> LITTLE = Set.of(
            "a", "an", "the", "i", "you", "me", "it", "is", "are", "was", "were", "be", "do", "does", "did", "can",
            "could", "would", "will", "please", "of");

    private static final Set<String> TURNING = Set.of(
            // denials, of some languages
            "no",
            "not",
            "none",
            "never",
            "neither",
            "nor",
            "nobody",
            "nothing",
            "cannot",
            "without",
            "except",
            "unless",
            "nicht",
            "kein",
            "keine",
            "keinen",
            "nie",
            "niemals",
            "ohne",
            "ne",
            "pas",
            "jamais",
            "sans",
            "nunca",
            "sin",
            "non",
            "senza",
            "não",
            "sem",
            "не",
            "нет",
            "без",
            // numbers
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "hundred",
            "thousand",
            "million",
            "billion",
            "half",
            "double",
            "first",
            "second",
            "third",
            "last",
            // opposites
            "before",
            "after",
            "more",
            "less",
            "most",
            "least",
            "max",
            "min",
            "maximum",
            "minimum",
            "above",
            "below",
            "over",
            "under",
            "increase",
            "decrease",
            "up",
            "down",
            "left",
            "right",
            "on",
            "off",
            "in",
            "out",
            "true",
            "false",
            "all",
            "any",
            "only",
            "with",
            "to",
            "from",
            "best",
            "worst",
            "enable",
            "disable",
            "add",
            "remove",
            "start",
            "stop",
            "open",
            "close",
            "old",
            "new",
            "high",
            "low",
            "highest",
            "lowest",
            "win",
            "lose",
            "buy",
            "sell",
            "yes",
            "always",
            "and",
            "or");

    Particulars {
        turning = List.copyOf(turning);
        order = List.copyOf(order);
    }

    static Particulars of(String question) {
        List<String> turning = new ArrayList<>();
        Set<String> order = new LinkedHashSet<>();
        Matcher found = WORD.matcher(question);
        while (found.find()) {
            String word = found.group().toLowerCase(Locale.ROOT).replace('’', '\'');
            if (word.endsWith("n't")) {
                turning.add("not");
            } else if (!isLatin(word) || TURNING.contains(word)) {
                turning.add(word);
            }
            if (!LITTLE.contains(word)) {
                order.add(word);
            }
        }
        return new Particulars(turning, new ArrayList<>(order));
    }

    /** False for numbers and signs, too. */
    private static boolean isLatin(String word) {
        return word.codePoints()
                .allMatch(c -> c == '\''
                        || UnicodeScript.of(c) == UnicodeScript.LATIN
                        || UnicodeScript.of(c) == UnicodeScript.INHERITED);
    }

    /** Whether nothing in the words keeps the two from meaning the same. */
    boolean allow(Particulars other) {
        return turning.equals(other.turning) && common(other).equals(other.common(this));
    }

    private List<String> common(Particulars other) {
        Set<String> others = new HashSet<>(other.order);
        return order.stream().filter(others::contains).toList();
    }
}

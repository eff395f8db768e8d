package io.llmnet.ensemble.meaning;

import java.util.List;
import java.util.Set;

/**
 * How alike two texts are: 1 less their Levenshtein distance (Levenshtein 1966) over the length of the longer one; but 0 unless
 * they say the same words in the same order, filling words left out and ways of spelling a word taken for one. The share of equal
 * letters, or of equal pairs of words, alone says too little: in a long text all but the conclusion may be the same.
 */
final class Spelling {
    private static final Set<String> FILLING = Set.of(
            "a", "an", "the", "is", "are", "was", "were", "be", "it", "its", "it's", "this", "that", "there", "of",
            "so", "well");

    /** In shorter words a letter makes another word. */
    private static final int SHORTEST = 5;

    private static final String VOWELS = "aeiou";

    private Spelling() {}

    /** So alike are two texts of these words. */
    static double likeness(List<String> one, List<String> other) {
        List<String> mine = told(one);
        List<String> theirs = told(other);
        if (mine.isEmpty() || mine.size() != theirs.size()) {
            return 0;
        }
        int distance = 0;
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).equals(theirs.get(i))) {
                distance++;
                if (!areOne(mine.get(i), theirs.get(i))) {
                    return 0;
                }
            }
        }
        return 1 - (double) distance / Math.max(length(mine), length(theirs));
    }

    private static List<String> told(List<String> words) {
        return words.stream().filter(word -> !FILLING.contains(word)).toList();
    }

    private static int length(List<String> words) {
        return words.size() - 1 + words.stream().mapToInt(String::length).sum();
    }

    /**
     * Whether two words differ only in that one has a vowel more within it: colour and color, judgement and judgment. Any other
     * letter makes too many other words: nitrate and nitrite, county and country, angel and angle.
     */
    static boolean areOne(String one, String other) {
        String longer = one.length() > other.length() ? one : other;
        String shorter = one.length() > other.length() ? other : one;
        if (shorter.length() < SHORTEST || longer.length() != shorter.length() + 1 || !isLatin(longer)) {
            return false;
        }
        int at = 0;
        while (at < shorter.length() && longer.charAt(at) == shorter.charAt(at)) {
            at++;
        }
        return at > 0
                && at < shorter.length()
                && VOWELS.indexOf(longer.charAt(at)) >= 0
                && longer.regionMatches(at + 1, shorter, at, shorter.length() - at);
    }

    private static boolean isLatin(String word) {
        return word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }
}

package io.llmnet.ensemble.meaning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The words of a text in which two texts must be equal to mean the same, however alike they look: numbers ("42" is not
 * "43"), words for numbers, single letters ("B" is not "C"), signs ("-x" is not "x"), and words that deny or affirm ("is" is not
 * "is not"). Known for English, and the commonest of German, French, Spanish, Portuguese, Italian, Chinese and Japanese; a word
 * too many here keeps two texts apart, which does less harm than taking "no" for "yes".
 *
 * @param words as a sorted bag: that they are equal is an equivalence, so no chain of likenesses leads past it
 */
record Marks(List<String> words) {
    private static final Set<String> DENYING = Set.of(
            "not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "without", "yes", "true", "false",
            "nicht", "kein", "keine", "nein", "nie", "ohne", "ja", "non", "pas", "jamais", "sans", "oui", "sí", "sin",
            "nunca", "não", "sim", "sem", "né", "mai", "sì");

    private static final Set<String> NUMBERS = Set.of(
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
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
            "million",
            "billion",
            "half",
            "first",
            "second",
            "third",
            "fourth",
            "fifth");

    private static final Set<String> WORDS_OF_A_LETTER = Set.of("a", "i", "o", "y");

    /** Numbers and denials where there are no spaces between words. */
    private static final String UNSPACED = "零一二三四五六七八九十百千万億亿両两半不没沒无無非未否";

    Marks {
        words = List.copyOf(words);
    }

    static Marks of(List<String> text) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String word = text.get(i);
            if (word.endsWith("n't") || word.equals("cannot")) {
                found.add("not");
            } else if (hasDigit(word)
                    || isSign(word)
                    || isLetter(text, i)
                    || DENYING.contains(word)
                    || NUMBERS.contains(word)) {
                found.add(word);
            } else {
                unspaced(word, found);
            }
        }
        Collections.sort(found);
        return new Marks(found);
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(Character::isDigit);
    }

    private static boolean isSign(String word) {
        return word.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    /** An article or "and" is none: these count only where no word comes after them. */
    private static boolean isLetter(List<String> text, int at) {
        return text.get(at).length() == 1 && !(WORDS_OF_A_LETTER.contains(text.get(at)) && at + 1 < text.size());
    }

    /** What is written without spaces is a word of many. */
    private static void unspaced(String word, List<String> found) {
        if (word.codePoints().anyMatch(Character::isIdeographic)) {
            word.chars()
                    .filter(letter -> UNSPACED.indexOf(letter) >= 0 || (letter >= 'a' && letter <= 'z'))
                    .forEach(letter -> found.add(String.valueOf((char) letter)));
        }
    }
}

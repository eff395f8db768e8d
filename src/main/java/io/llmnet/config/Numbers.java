package io.llmnet.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a number looks like. */
final class Numbers {
    private Numbers() {}

    /** As JSON writes it: {@code -1.5e3}. */
    static boolean isJson(String word) {
        int at = word.startsWith("-") ? 1 : 0;
        int whole = digits(word, at);
        return whole > at && (whole == at + 1 || word.charAt(at) != '0') && isTail(word, whole);
    }

    /** As YAML 1.2 writes it: a sign, and digits on one side of the point only, too. */
    static boolean isYaml(String word) {
        int at = word.startsWith("-") || word.startsWith("+") ? 1 : 0;
        int whole = digits(word, at);
        if (whole > at) {
            return isTail(word, whole) || (word.charAt(whole) == '.' && isExponent(word, whole + 1));
        }
        return word.startsWith(".", at) && isTail(word, whole);
    }

    /** The number that is written, null when it is none. */
    static @Nullable Double read(String word) {
        return isYaml(word) ? Double.valueOf(word) : null;
    }

    /** As people write it: {@code 5} and not {@code 5.0}. */
    static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static boolean isTail(String word, int at) {
        int end = at;
        if (word.startsWith(".", at)) {
            end = digits(word, at + 1);
            if (end == at + 1) {
                return false;
            }
        }
        return isExponent(word, end);
    }

    private static boolean isExponent(String word, int at) {
        if (at >= word.length()) {
            return at == word.length();
        }
        if (word.charAt(at) != 'e' && word.charAt(at) != 'E') {
            return false;
        }
        int start = at + 1;
        if (start < word.length() && (word.charAt(start) == '-' || word.charAt(start) == '+')) {
            start++;
        }
        int end = digits(word, start);
        return end > start && end == word.length();
    }

    private static int digits(String word, int from) {
        int at = from;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}

package io.llmnet.node;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings text through a place where characters beyond the basic plane, and NUL, do not survive: each goes under the name of
 * a private one that the text does not use.
 */
final class Travel {
    private static final char FIRST = '\uE000';
    private static final char LAST = '\uF8FF';

    private final Map<Integer, Character> names = new HashMap<>();
    private final Map<Character, Integer> meanings = new HashMap<>();
    private char next = FIRST;

    String disguise(String text) {
        StringBuilder disguised = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if ((point > 0 && point < Character.MIN_SURROGATE) || (point > LAST && Character.isBmpCodePoint(point))) {
                disguised.appendCodePoint(point);
            } else {
                disguised.append(names.computeIfAbsent(point, this::name));
            }
        });
        return disguised.toString();
    }

    String reveal(String text) {
        StringBuilder revealed = new StringBuilder(text.length());
        text.chars().forEach(c -> revealed.appendCodePoint(meanings.getOrDefault((char) c, c)));
        return revealed.toString();
    }

    /** Private characters are disguised too, so no name can be mistaken; past six thousand of them, text is lost as before. */
    private char name(int point) {
        if (next > LAST || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            return '\uFFFD';
        }
        meanings.put(next, point);
        return next++;
    }
}

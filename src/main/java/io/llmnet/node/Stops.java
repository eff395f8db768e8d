package io.llmnet.node;

import java.util.List;

/**
 * Finds stop strings in text that comes piece by piece, and holds back what may yet become one. Ours and not llama.cpp's,
 * which does not tell whether it was a stop string that ended a text.
 */
final class Stops {
    private final List<String> words;
    private final StringBuilder held = new StringBuilder();
    private boolean hit;

    Stops(List<String> words) {
        this.words = words;
    }

    /** Takes the next text, and gives what may be said now; nothing more is to be given after {@link #isHit}. */
    String pass(String text) {
        held.append(text);
        int end = firstHit();
        if (end >= 0) {
            hit = true;
        } else {
            end = held.length() - longestBeginning();
        }
        String said = held.substring(0, end);
        held.delete(0, end);
        return said;
    }

    /** What was held back for nothing, once no more text comes. */
    String rest() {
        String rest = hit ? "" : held.toString();
        held.setLength(0);
        return rest;
    }

    boolean isHit() {
        return hit;
    }

    private int firstHit() {
        return words.stream()
                .mapToInt(held::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    private int longestBeginning() {
        return words.stream().mapToInt(this::beginning).max().orElse(0);
    }

    /** How many characters at the end of the text are the beginning of this word. */
    private int beginning(String word) {
        for (int length = Math.min(word.length() - 1, held.length()); length > 0; length--) {
            if (held.indexOf(word.substring(0, length), held.length() - length) >= 0) {
                return length;
            }
        }
        return 0;
    }
}

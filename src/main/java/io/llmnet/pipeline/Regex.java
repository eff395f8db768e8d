package io.llmnet.pipeline;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression (RE2's) that is looked for in texts of callers. It takes time in proportion to the text, whatever
 * the text, and neither it nor the text may be large.
 */
final class Regex {
    /** Of a longer text only so many characters are looked at. */
    static final int MOST_CHARACTERS = 131_072;

    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 50;
    private static final int HEAVIEST = 1_000;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles it.
     *
     * @throws Misread with the place in the pattern
     */
    static Regex compile(String pattern) throws Misread {
        if (pattern.length() > LONGEST) {
            throw new Misread(LONGEST, "this pattern is longer than " + LONGEST + " characters; make it shorter");
        }
        Measure measure = new Measure(pattern);
        measure.take();
        try {
            return new Regex(Pattern.compile(pattern));
        } catch (PatternSyntaxException wrong) {
            throw new Misread(measure.astray(wrong), "this pattern is wrong: " + measure.complaint(wrong));
        }
    }

    /** Whether it is somewhere in the text. */
    boolean isIn(String text) {
        CharSequence seen = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        return pattern.matcher(seen).find();
    }

    /**
     * How much a pattern grows when its repetitions are written out, which the library does: three nested {@code {1000}}
     * would take all memory there is. And where its parentheses go wrong, which the library does not tell.
     */
    private static final class Measure {
        private final String pattern;
        private final Deque<Integer> open = new ArrayDeque<>();
        private final Deque<Long> outside = new ArrayDeque<>();
        private long weight;
        private long last;
        private int stray = -1;
        private int at;

        Measure(String pattern) {
            this.pattern = pattern;
        }

        void take() throws Misread {
            while (at < pattern.length()) {
                int start = at;
                step(pattern.charAt(at++));
                if (weight > HEAVIEST) {
                    throw new Misread(
                            start,
                            "this pattern repeats too much: more than " + HEAVIEST + " parts; make its counts smaller");
                }
                if (open.size() > DEEPEST) {
                    throw new Misread(start, "this pattern nests deeper than " + DEEPEST + " groups; make it flatter");
                }
            }
        }

        private void step(char character) {
            switch (character) {
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                case '[' -> skipClass();
                case '\\' -> {
                    at++;
                    atom(1);
                }
                default -> atom(1);
            }
        }

        private void atom(long heavy) {
            last = heavy;
            weight += heavy;
        }

        private void open() {
            open.push(at - 1);
            outside.push(weight);
            weight = 0;
        }

        private void close() {
            if (open.isEmpty()) {
                stray = stray < 0 ? at - 1 : stray;
                return;
            }
            open.pop();
            long inside = Math.max(1, weight);
            weight = outside.pop();
            atom(inside);
        }

        private void repeat() {
            int end = pattern.indexOf('}', at);
            String counts = end < 0 ? "" : pattern.substring(at, end);
            if (!counts.matches("\\d{1,4}(,\\d{0,4})?")) {
                atom(1);
                return;
            }
            String[] bounds = counts.split(",", 2);
            long most = Math.max(number(bounds[0]), bounds.length > 1 ? number(bounds[1]) : 0);
            weight += last * (Math.max(1, most) - 1);
            last *= Math.max(1, most);
            at = end + 1;
        }

        private static int number(String digits) {
            return digits.isEmpty() ? 0 : Integer.parseInt(digits);
        }

        private void skipClass() {
            at += pattern.startsWith("^", at) ? 1 : 0;
            at += pattern.startsWith("]", at) ? 1 : 0;
            while (at < pattern.length() && pattern.charAt(at) != ']') {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            atom(1);
        }

        int astray(PatternSyntaxException wrong) {
            if (stray >= 0) {
                return stray;
            }
            String piece = wrong.getPattern();
            if (piece.equals(pattern) && !open.isEmpty()) {
                return open.peek();
            }
            int found = piece.isEmpty() ? -1 : pattern.lastIndexOf(piece);
            return found < 0 ? Math.max(0, pattern.length() - 1) : found;
        }

        String complaint(PatternSyntaxException wrong) {
            return stray >= 0 ? "this ) closes nothing; write \\) for a parenthesis" : wrong.getDescription();
        }
    }
}

package io.llmnet.pipeline;

import io.llmnet.config.Paths;
import io.llmnet.pipeline.Expression.Comparator;
import io.llmnet.pipeline.Expression.Operand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what in a condition is right by grammar and cannot be meant: parts that always hold, or never. */
final class Doubts {
    private final List<Doubt> found = new ArrayList<>();

    /**
     * One of them.
     *
     * @param at how many characters stand before it
     */
    record Doubt(int at, String words) {}

    List<Doubt> found() {
        return found;
    }

    /** A variable alone. */
    void lone(int at, String variable) {
        if (Situation.ALWAYS_SET.contains(variable)) {
            add(at, "always holds, for $" + variable + " is always set; compare it with something");
        }
    }

    /** True or false as a part of something larger. */
    void constant(int at, String word) {
        add(at, "is always " + word + "; take it out");
    }

    /** Two sides of a comparison. */
    void comparison(int at, Operand left, Comparator comparator, Operand right) {
        String variable = left.variable() == null ? right.variable() : left.variable();
        Operand literal = left.variable() == null ? left : right;
        if (literal.variable() != null || !Double.isNaN(literal.figure())) {
            return;
        }
        boolean isNumber = variable != null && Situation.NUMBERS.contains(variable);
        if (!comparator.isEquality() && !literal.isQuoted()) {
            add(at, "never holds, for \"" + shown(literal) + "\" is no number; put it in quotes to compare as text");
        } else if (isNumber && comparator.isEquality()) {
            String outcome = comparator == Comparator.EQUAL ? "never" : "always";
            add(at, outcome + " holds, for $" + variable + " is a number; compare it with one");
        } else if (isNumber) {
            add(
                    at,
                    "compares as text, for \"" + shown(literal) + "\" is no number; compare $" + variable
                            + " with one");
        }
    }

    /** A search for a part. */
    void part(int at, Operand whole, String word, Operand part) {
        if (part.variable() == null && part.text().isEmpty()) {
            add(at, "\"" + word + "\" finds the empty text in every text; write something into the quotes");
        }
        String variable = whole.variable();
        if (isNever(variable, part)) {
            add(at, "never holds, for $" + variable + " is a number; compare it with <, == or >");
        }
    }

    private static boolean isNever(@Nullable String variable, Operand part) {
        return variable != null
                && Situation.NUMBERS.contains(variable)
                && part.variable() == null
                && !part.text().chars().allMatch(Character::isDigit);
    }

    private static String shown(Operand literal) {
        return Paths.shortened(literal.text());
    }

    private void add(int at, String words) {
        found.add(new Doubt(at, words));
    }
}

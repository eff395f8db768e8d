package io.llmnet.pipeline;

import io.llmnet.config.Paths;
import io.llmnet.config.Place;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.config.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles conditions: a variable, or one comparison.
 *
 * <pre>
 * condition = variable | operand ("==" | "!=" | "&gt;=" | "&lt;=" | "&gt;" | "&lt;") operand
 * operand   = variable | "text" | 'text' | word
 * variable  = $NAME | ${NAME}
 * </pre>
 *
 * <p>Numbers compare as numbers where both sides are some; {@code ==} and {@code !=} with a side in quotes compare text,
 * and an order with a side in quotes compares text where a side is no number. A variable that is not set is different
 * from everything.
 */
public final class Conditions {
    private static final String SIGNS = "=!<>";

    private final String text;
    private int at;

    private Conditions(String text) {
        this.text = text;
    }

    /**
     * The condition under a node's {@code if}.
     *
     * @param custom variables that may be used beside the known ones
     * @param lenient whether a variable that nobody knows is no error
     * @return null when it is wrong, which is a problem by then
     */
    public static @Nullable Condition compile(
            Value.Text written, Section section, Set<String> custom, boolean lenient) {
        try {
            Expression expression = new Conditions(written.text()).whole();
            new Known(written, section, custom, lenient).check(expression);
            return new Compiled(written.text().strip(), expression);
        } catch (Misread wrong) {
            section.problems().error(written.placeAt(wrong.at()), section.path("if"), wrong.words());
            return null;
        }
    }

    private Expression whole() throws Misread {
        Expression expression = comparison();
        skipSpace();
        if (at < text.length()) {
            boolean joins = text.startsWith("&&", at) || text.startsWith("||", at);
            throw new Misread(
                    at,
                    joins
                            ? "conditions cannot be joined yet; write one comparison"
                            : "nothing can follow here; put text with spaces in quotes");
        }
        return expression;
    }

    private Expression comparison() throws Misread {
        skipSpace();
        int start = at;
        Expression.Operand left = operand();
        skipSpace();
        if (at >= text.length() || SIGNS.indexOf(text.charAt(at)) < 0) {
            return left.variable() == null ? lone(start) : new Expression.Set(left.variable());
        }
        Expression.Comparator comparator = comparator();
        skipSpace();
        Expression.Operand right = operand();
        if (left.variable() == null && right.variable() == null) {
            throw new Misread(start, "is always the same; compare a variable such as $WORD_COUNT");
        }
        return new Expression.Comparison(left, comparator, right);
    }

    private static Expression lone(int start) throws Misread {
        throw new Misread(start, "is no condition; write a comparison such as $WORD_COUNT < 10");
    }

    private Expression.Comparator comparator() throws Misread {
        for (Expression.Comparator comparator : Expression.Comparator.values()) {
            if (text.startsWith(comparator.sign(), at)) {
                at += comparator.sign().length();
                return comparator;
            }
        }
        throw new Misread(
                at,
                text.charAt(at) == '=' ? "\"=\" does not compare; write ==" : "\"!\" is not possible yet; write !=");
    }

    private Expression.Operand operand() throws Misread {
        if (at >= text.length()) {
            throw new Misread(
                    at, "something to compare is missing at the end; write a comparison such as $WORD_COUNT < 10");
        }
        char first = text.charAt(at);
        if (first == '$') {
            return Expression.Operand.variable(variable());
        }
        if (first == '"' || first == '\'') {
            return Expression.Operand.literal(quoted(first), true);
        }
        if (first == '(' || first == '!') {
            throw new Misread(at, "\"" + first + "\" is not possible yet; write one comparison");
        }
        String word = word();
        if (word.isEmpty()) {
            throw new Misread(at, "a variable, text or number is expected here");
        }
        return Expression.Operand.literal(word, false);
    }

    private String variable() throws Misread {
        int dollar = at++;
        boolean braced = text.startsWith("{", at);
        if (braced) {
            at++;
        }
        int start = at;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty() || (braced && !text.startsWith("}", at))) {
            throw new Misread(dollar, "a variable's name is missing or not closed; write $NAME or ${NAME}");
        }
        at += braced ? 1 : 0;
        return name;
    }

    private static boolean isNameCharacter(char character) {
        return character == '_' || character == '.' || (character < 128 && Character.isLetterOrDigit(character));
    }

    private String quoted(char quote) throws Misread {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new Misread(at, "this text has no closing quote; add it");
        }
        String content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    private String word() {
        int start = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isEnd(char character) {
        return Character.isWhitespace(character) || SIGNS.indexOf(character) >= 0 || "&|()\"'".indexOf(character) >= 0;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private record Compiled(String text, Expression expression) implements Condition {
        @Override
        public boolean holds(Variables variables) {
            return expression.holds(variables);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Looks whether the variables of a condition are there. */
    private record Known(Value.Text written, Section section, Set<String> custom, boolean lenient) {
        void check(Expression expression) {
            if (expression instanceof Expression.Set set) {
                check(set.name());
            } else if (expression instanceof Expression.Comparison comparison) {
                check(comparison.left().variable());
                check(comparison.right().variable());
            }
        }

        private void check(@Nullable String name) {
            if (name == null || Situation.NAMES.contains(name) || custom.contains(name)) {
                return;
            }
            Place place = written.placeAt(Math.max(0, written.text().indexOf(name) - 1));
            String path = section.path("if");
            if (name.startsWith("HEADER.") || name.startsWith("BODY.")) {
                section.problems()
                        .error(
                                place,
                                path,
                                "$" + Paths.shortened(name) + " is not possible yet; use a variable of the run");
                return;
            }
            List<String> known =
                    Situation.NAMES.stream().map(each -> "$" + each).toList();
            String message =
                    "there is no variable $" + Paths.shortened(name) + "; " + Spelling.advice("$" + name, known);
            if (lenient) {
                section.problems().warning(place, path, message);
            } else {
                section.problems().error(place, path, message);
            }
        }
    }
}

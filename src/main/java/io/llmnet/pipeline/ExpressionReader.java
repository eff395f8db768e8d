package io.llmnet.pipeline;

import io.llmnet.pipeline.Expression.Comparator;
import io.llmnet.pipeline.Expression.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one condition, by recursive descent: the grammar stands at {@link Conditions}. */
final class ExpressionReader {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;
    private static final String EXAMPLE = "write a comparison such as $WORD_COUNT < 10";

    private final Cursor cursor;
    private final int length;
    private final List<Use> uses = new ArrayList<>();
    private final Doubts doubts = new Doubts();

    ExpressionReader(String text) {
        this.cursor = new Cursor(text);
        this.length = text.length();
    }

    /**
     * A variable's use.
     *
     * @param at where its dollar sign stands
     */
    record Use(String name, int at) {}

    /** The variables that stand in it, in order. */
    List<Use> uses() {
        return uses;
    }

    /** What is right, and cannot be meant. */
    Doubts doubts() {
        return doubts;
    }

    Expression whole() throws Misread {
        if (length > LONGEST) {
            throw new Misread(LONGEST, "this is longer than " + LONGEST + " characters; make it shorter");
        }
        Expression expression = any(0);
        if (!cursor.isOver()) {
            throw astray();
        }
        return expression;
    }

    private Expression any(int depth) throws Misread {
        List<Expression> parts = new ArrayList<>(List.of(all(depth)));
        while (cursor.takes("||")) {
            parts.add(all(depth));
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.Any(parts);
    }

    private Expression all(int depth) throws Misread {
        List<Expression> parts = new ArrayList<>(List.of(not(depth)));
        while (cursor.takes("&&")) {
            parts.add(not(depth));
        }
        return parts.size() == 1 ? parts.get(0) : new Expression.All(parts);
    }

    private Expression not(int depth) throws Misread {
        boolean negated = false;
        cursor.skipSpace();
        while (!cursor.sees("!=") && cursor.takes("!")) {
            negated = !negated;
            cursor.skipSpace();
        }
        Expression inner = cursor.peek() == '(' ? inParentheses(depth + 1) : comparison();
        cursor.skipSpace();
        return negated ? new Expression.Not(inner) : inner;
    }

    private Expression inParentheses(int depth) throws Misread {
        int open = cursor.at();
        if (depth > DEEPEST) {
            throw new Misread(open, "parentheses nest deeper than " + DEEPEST + "; make them flatter");
        }
        cursor.takes("(");
        Expression inner = any(depth);
        if (cursor.isOver()) {
            throw new Misread(open, "this ( is not closed; write ) where its condition ends");
        }
        if (!cursor.takes(")")) {
            throw astray();
        }
        return inner;
    }

    private Expression comparison() throws Misread {
        int start = cursor.at();
        Operand left = operand("");
        cursor.skipSpace();
        int sign = cursor.at();
        if (cursor.isAtSign()) {
            Comparator comparator = comparator();
            return compared(start, left, sign, comparator, operand(""));
        }
        String word = cursor.letters();
        return switch (word) {
            case "contains", "startsWith" -> {
                cursor.takes(word);
                Operand part = right(start, left);
                doubts.part(sign, left, word, part);
                yield word.equals("contains")
                        ? new Expression.Contains(left, part)
                        : new Expression.StartsWith(left, part);
            }
            case "matches" -> {
                cursor.takes(word);
                yield new Expression.Matches(varying(start, left), regex());
            }
            case "in" -> {
                cursor.takes(word);
                yield list(start, left);
            }
            default -> lone(start, left);
        };
    }

    private Expression lone(int start, Operand side) throws Misread {
        if (side.variable() != null) {
            doubts.lone(start, side.variable());
            return new Expression.Set(side.variable());
        }
        boolean isTrue = side.text().equals("true");
        if (side.isQuoted() || !(isTrue || side.text().equals("false"))) {
            throw new Misread(start, "is no condition; " + EXAMPLE);
        }
        if (start > 0 || !cursor.isOver()) {
            doubts.constant(start, side.text());
        }
        return new Expression.Always(isTrue);
    }

    private Expression compared(int start, Operand left, int sign, Comparator comparator, Operand right)
            throws Misread {
        if (right.variable() == null) {
            varying(start, left);
        }
        doubts.comparison(sign, left, comparator, right);
        return new Expression.Comparison(left, comparator, right);
    }

    private Operand right(int start, Operand left) throws Misread {
        Operand right = operand("");
        if (right.variable() == null) {
            varying(start, left);
        }
        return right;
    }

    private static Operand varying(int start, Operand side) throws Misread {
        if (side.variable() == null) {
            throw new Misread(start, "is always the same; compare a variable such as $WORD_COUNT");
        }
        return side;
    }

    private Regex regex() throws Misread {
        cursor.skipSpace();
        int start = cursor.at();
        Operand pattern = operand("");
        if (!pattern.isQuoted()) {
            throw new Misread(start, "a pattern stands in quotes; write one such as \"^(hi|hello)\"");
        }
        try {
            return Regex.compile(pattern.text());
        } catch (Misread wrong) {
            throw new Misread(cursor.placeInQuoted(start, wrong.at()), wrong.words());
        }
    }

    private Expression list(int start, Operand left) throws Misread {
        cursor.skipSpace();
        int open = cursor.at();
        if (!cursor.takes("[")) {
            throw new Misread(open, "a list is expected after \"in\"; write one such as [a, \"b c\", 3]");
        }
        List<Expression> parts = new ArrayList<>();
        do {
            cursor.skipSpace();
            if (cursor.sees("]")) {
                break;
            }
            int item = cursor.at();
            parts.add(compared(start, left, item, Comparator.EQUAL, operand(",]")));
            cursor.skipSpace();
        } while (cursor.takes(","));
        if (cursor.isOver()) {
            throw new Misread(open, "this list has no end; write ] after its last item");
        }
        if (!cursor.takes("]")) {
            throw new Misread(cursor.at(), "\",\" or \"]\" is expected here; put text with spaces in quotes");
        }
        if (parts.isEmpty()) {
            throw new Misread(open, "this list is empty, so nothing is in it; write items such as [a, \"b c\", 3]");
        }
        return new Expression.Any(parts);
    }

    private Comparator comparator() throws Misread {
        int start = cursor.at();
        for (Comparator comparator : Comparator.values()) {
            if (cursor.takes(comparator.sign())) {
                return comparator;
            }
        }
        String sign = cursor.sees("=~") ? "=~" : cursor.sees("=") ? "=" : "!";
        String mend = cursor.sees("=~") ? "matches" : cursor.sees("=") ? "==" : "!=";
        throw new Misread(start, "\"" + sign + "\" does not compare; write " + mend);
    }

    /** A variable, text in quotes, or a word; in lists a word ends before one of {@code ends}. */
    private Operand operand(String ends) throws Misread {
        cursor.skipSpace();
        int start = cursor.at();
        if (cursor.isOver()) {
            throw new Misread(start, "something to compare is missing at the end; " + EXAMPLE);
        }
        char first = cursor.peek();
        if (first == '$') {
            String name = cursor.variable();
            uses.add(new Use(name, start));
            return Operand.variable(name);
        }
        if (first == '"' || first == '\'') {
            return Operand.literal(cursor.quoted(), true);
        }
        String word = cursor.word(ends);
        if (word.isEmpty()) {
            throw new Misread(start, "a variable, text or number is expected here");
        }
        return Operand.literal(word, false);
    }

    /** What to say of something that nothing before it leads to. */
    private Misread astray() {
        String word = cursor.letters().toLowerCase(Locale.ROOT);
        String mend = switch (word) {
            case "and" -> "\"and\" does not join; write &&";
            case "or" -> "\"or\" does not join; write ||";
            case "not" -> "\"not\" is no operator; write ! before a condition, in parentheses if need be";
            case "contains", "startswith", "matches", "in" ->
                "this cannot follow here; write contains, startsWith, matches or in after one variable";
            default -> strange(cursor.peek());
        };
        return new Misread(cursor.at(), mend);
    }

    private String strange(char next) {
        return switch (next) {
            case '&' -> "\"&\" does not join; write &&";
            case '|' -> "\"|\" does not join; write ||";
            case ')' -> "this ) closes nothing; take it out";
            case '=', '!', '<', '>' -> "only two sides compare; join comparisons with && or ||";
            default -> "nothing can follow here; put text with spaces in quotes";
        };
    }
}

package io.llmnet.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition's meaning, as a tree. */
sealed interface Expression {
    boolean holds(Variables variables);

    /** True or false, whatever the request. */
    record Always(boolean truth) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            return truth;
        }
    }

    /** Not what stands in it. */
    record Not(Expression inner) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            return !inner.holds(variables);
        }
    }

    /** All of several. */
    record All(List<Expression> parts) implements Expression {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Variables variables) {
            for (int at = 0; at < parts.size(); at++) {
                if (!parts.get(at).holds(variables)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** At least one of several. */
    record Any(List<Expression> parts) implements Expression {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(Variables variables) {
            for (int at = 0; at < parts.size(); at++) {
                if (parts.get(at).holds(variables)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A variable that is set, and not empty. */
    record Set(String name) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String value = variables.valueOf(name);
            return value != null && !value.isEmpty();
        }
    }

    /** One side that has the other in it. */
    record Contains(Operand whole, Operand part) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String text = whole.value(variables);
            String wanted = part.value(variables);
            return text != null && wanted != null && text.contains(wanted);
        }
    }

    /** One side that begins with the other. */
    record StartsWith(Operand whole, Operand start) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String text = whole.value(variables);
            String wanted = start.value(variables);
            return text != null && wanted != null && text.startsWith(wanted);
        }
    }

    /** A side in which a regular expression is found. */
    record Matches(Operand side, Regex regex) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String text = side.value(variables);
            return text != null && regex.isIn(text);
        }
    }

    /** Two sides, compared. */
    record Comparison(Operand left, Comparator comparator, Operand right) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            boolean quoted = left.isQuoted() || right.isQuoted();
            boolean asText = comparator.isEquality() && quoted;
            if (!asText && left.mayBeNumber() && right.mayBeNumber()) {
                double one = left.number(variables);
                double other = right.number(variables);
                if (!Double.isNaN(one) && !Double.isNaN(other)) {
                    return comparator.accepts(Double.compare(one, other));
                }
            }
            String one = left.value(variables);
            String other = right.value(variables);
            if (one == null || other == null) {
                return comparator == Comparator.DIFFERENT;
            }
            return (comparator.isEquality() || quoted) && comparator.accepts(one.compareTo(other));
        }
    }

    /**
     * One side of a comparison.
     *
     * @param variable the variable's name; null for a literal
     * @param text the literal; empty for a variable
     * @param figure the literal's number, NaN when it is none
     * @param isQuoted whether the literal stands in quotes
     */
    record Operand(@Nullable String variable, String text, double figure, boolean isQuoted) {
        static Operand variable(String name) {
            return new Operand(name, "", Double.NaN, false);
        }

        static Operand literal(String text, boolean isQuoted) {
            return new Operand(null, text, Figure.of(text), isQuoted);
        }

        @Nullable
        String value(Variables variables) {
            return variable == null ? text : variables.valueOf(variable);
        }

        boolean mayBeNumber() {
            return variable != null || !Double.isNaN(figure);
        }

        double number(Variables variables) {
            return variable == null ? figure : variables.numberOf(variable);
        }
    }

    /** How two sides are compared. */
    enum Comparator {
        EQUAL("=="),
        DIFFERENT("!="),
        AT_LEAST(">="),
        AT_MOST("<="),
        ABOVE(">"),
        BELOW("<");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isEquality() {
            return this == EQUAL || this == DIFFERENT;
        }

        /** Whether it holds of two sides that compare like this to zero. */
        boolean accepts(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
                case ABOVE -> order > 0;
                case BELOW -> order < 0;
            };
        }
    }
}

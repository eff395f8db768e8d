package io.llmnet.pipeline;

import org.jspecify.annotations.Nullable;

/** A condition's meaning, as a tree. */
sealed interface Expression {
    boolean holds(Variables variables);

    /** A variable that is set, and not empty. */
    record Set(String name) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String value = variables.valueOf(name);
            return value != null && !value.isEmpty();
        }
    }

    /** Two sides, compared. */
    record Comparison(Operand left, Comparator comparator, Operand right) implements Expression {
        @Override
        public boolean holds(Variables variables) {
            String one = left.value(variables);
            String other = right.value(variables);
            if (one == null || other == null) {
                return comparator == Comparator.DIFFERENT;
            }
            boolean asText = comparator.isEquality() && (left.isQuoted() || right.isQuoted());
            double number = asText ? Double.NaN : left.number(one);
            double limit = asText ? Double.NaN : right.number(other);
            if (!Double.isNaN(number) && !Double.isNaN(limit)) {
                return comparator.accepts(Double.compare(number, limit));
            }
            boolean comparable = comparator.isEquality() || left.isQuoted() || right.isQuoted();
            return comparable && comparator.accepts(one.compareTo(other));
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

        double number(String value) {
            return variable == null ? figure : Figure.of(value);
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

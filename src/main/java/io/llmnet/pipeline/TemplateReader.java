package io.llmnet.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the variables in a text. */
final class TemplateReader {
    private final String text;
    private final List<String> longestFirst;
    private final UnaryOperator<@Nullable String> literals;
    private final boolean isJson;
    private final List<Piece> pieces = new ArrayList<>();
    private StringBuilder plain = new StringBuilder();
    private boolean inString;
    private int at;

    TemplateReader(String text, Set<String> custom, UnaryOperator<@Nullable String> literals, boolean isJson) {
        this.text = text;
        this.longestFirst = Stream.concat(Situation.NAMES.stream(), custom.stream())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.literals = literals;
        this.isJson = isJson;
    }

    Template whole() {
        while (at < text.length()) {
            if (text.charAt(at) != '$') {
                plain();
            } else if (text.startsWith("$$", at)) {
                plain.append('$');
                at += 2;
            } else if (!(text.startsWith("{", at + 1) ? braced() : bare())) {
                plain.append('$');
                at++;
            }
        }
        return new Pieces(pieces, plain.toString());
    }

    private void plain() {
        char character = text.charAt(at++);
        plain.append(character);
        if (!isJson) {
            return;
        }
        if (character == '"') {
            inString = !inString;
        } else if (character == '\\' && inString && at < text.length()) {
            plain.append(text.charAt(at++));
        }
    }

    /** Takes <code>${NAME}</code>; false when it is none. */
    private boolean braced() {
        int end = text.indexOf('}', at);
        if (end < 0) {
            return false;
        }
        String name = text.substring(at + 2, end);
        if (Names.isOfRequest(name) || longestFirst.contains(name)) {
            return variable(name, end + 1);
        }
        return literal(name, end + 1);
    }

    /** Takes {@code $NAME}; false when it is none. */
    private boolean bare() {
        int start = at + 1;
        int requestEnd = Names.requestEnd(text, start);
        if (requestEnd > start) {
            return variable(text.substring(start, requestEnd), requestEnd);
        }
        String known = known(start);
        int knownEnd = known == null ? start : start + known.length();
        if (known != null && knownEnd >= Names.wordEnd(text, start)) {
            return variable(known, knownEnd);
        }
        return outside(start) || (known != null && variable(known, knownEnd));
    }

    private @Nullable String known(int start) {
        for (String name : longestFirst) {
            if (text.startsWith(name, start)) {
                return name;
            }
        }
        return null;
    }

    /** Takes the longest reference here that stands for something outside. */
    private boolean outside(int start) {
        int end = Names.pathEnd(text, start);
        while (end > start) {
            if (literal(text.substring(start, end), end)) {
                return true;
            }
            end = Math.max(text.lastIndexOf('.', end - 1), text.lastIndexOf('-', end - 1));
        }
        return false;
    }

    private boolean literal(String reference, int end) {
        String value = reference.isEmpty() ? null : literals.apply(reference);
        if (value == null) {
            return false;
        }
        how().put(value, plain);
        at = end;
        return true;
    }

    private boolean variable(String name, int end) {
        pieces.add(new Piece(plain.toString(), Names.kept(name), how()));
        plain = new StringBuilder();
        at = end;
        return true;
    }

    private How how() {
        if (!isJson) {
            return How.AS_IT_IS;
        }
        return inString ? How.IN_STRING : How.AS_VALUE;
    }

    /** How a value is put in. */
    private enum How {
        AS_IT_IS,
        IN_STRING,
        AS_VALUE;

        void put(@Nullable String value, StringBuilder filled) {
            switch (this) {
                case AS_IT_IS -> filled.append(value == null ? "" : value);
                case IN_STRING -> JsonTexts.escape(value == null ? "" : value, filled);
                case AS_VALUE -> JsonTexts.value(value == null ? "null" : value, filled);
            }
        }
    }

    /** A variable, and the text before it. */
    private record Piece(String before, String variable, How how) {}

    private record Pieces(List<Piece> pieces, String rest) implements Template {
        private Pieces {
            pieces = List.copyOf(pieces);
        }

        @Override
        public String fill(Variables variables) {
            if (isPlain()) {
                return rest;
            }
            StringBuilder filled = new StringBuilder();
            for (Piece piece : pieces) {
                piece.how().put(variables.valueOf(piece.variable()), filled.append(piece.before()));
            }
            return filled.append(rest).toString();
        }

        @Override
        public boolean isPlain() {
            return pieces.isEmpty();
        }
    }
}

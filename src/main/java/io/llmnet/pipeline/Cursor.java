package io.llmnet.pipeline;

/** Takes a condition's text apart, from its start to its end. */
final class Cursor {
    private static final String SIGNS = "=!<>";
    private static final String ESCAPED = "\"'\\n";

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    /** How many characters are passed. */
    int at() {
        return at;
    }

    boolean isOver() {
        return at >= text.length();
    }

    /** The next character; NUL at the end. */
    char peek() {
        return isOver() ? '\0' : text.charAt(at);
    }

    boolean isAtSign() {
        return !isOver() && SIGNS.indexOf(peek()) >= 0;
    }

    /** Whether that comes next. */
    boolean sees(String next) {
        return text.startsWith(next, at);
    }

    /** Passes it if it comes next. */
    boolean takes(String next) {
        boolean here = sees(next);
        at += here ? next.length() : 0;
        return here;
    }

    void skipSpace() {
        while (!isOver() && Character.isWhitespace(peek())) {
            at++;
        }
    }

    /** The letters that come next, without passing them. */
    String letters() {
        return text.substring(at, Names.wordEnd(text, at));
    }

    /** Takes a variable, and gives its name. */
    String variable() throws Misread {
        int dollar = at++;
        String name = takes("{") ? braced() : bare();
        boolean isName = Names.isOfRequest(name) || (!name.isEmpty() && plainEnd(name, 0) == name.length());
        if (!isName) {
            throw new Misread(dollar, "a variable's name is missing or not closed; write $NAME or ${NAME}");
        }
        return Names.kept(name);
    }

    private String bare() {
        int start = at;
        int end = Names.requestEnd(text, start);
        at = end == start ? plainEnd(text, start) : end;
        return text.substring(start, at);
    }

    private String braced() {
        int start = at;
        int end = text.indexOf('}', start);
        at = end < 0 ? start : end + 1;
        return end < 0 ? "" : text.substring(start, end);
    }

    private static int plainEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (Names.isLetter(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    /** Takes text in quotes, and gives what it says. */
    String quoted() throws Misread {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder content = new StringBuilder();
        while (!isOver() && peek() != quote) {
            boolean escape = isEscape(at);
            at += escape ? 1 : 0;
            content.append(escape && peek() == 'n' ? '\n' : peek());
            at++;
        }
        if (isOver()) {
            throw new Misread(start, "this text has no closing quote; add it");
        }
        at++;
        return content.toString();
    }

    /** Only these are escapes, so that a backslash in a regular expression or a path need not be doubled. */
    private boolean isEscape(int place) {
        return text.charAt(place) == '\\' && place + 1 < text.length() && ESCAPED.indexOf(text.charAt(place + 1)) >= 0;
    }

    /** Where a character of a text in quotes stands, whose quote opens at {@code start}. */
    int placeInQuoted(int start, int index) {
        int place = start + 1;
        for (int passed = 0; passed < index; passed++) {
            place += isEscape(place) ? 2 : 1;
        }
        return place;
    }

    /** Takes a bare word, which also ends before one of {@code ends}; empty when none is here. */
    String word(String ends) {
        int start = at;
        while (!isOver() && !endsWord(peek()) && ends.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean endsWord(char character) {
        return Character.isWhitespace(character) || SIGNS.indexOf(character) >= 0 || "&|()\"'".indexOf(character) >= 0;
    }
}

package io.llmnet.config;

/** A position in a JSON text that knows its line and column. */
final class JsonCursor {
    private static final char END = '\0';

    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    JsonCursor(String file, String text) {
        this.file = file;
        this.text = text;
    }

    Place place() {
        return new Place(file, line, at - lineStart + 1);
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** The character here; NUL at the end. */
    char peek() {
        return isAtEnd() ? END : text.charAt(at);
    }

    /** Takes the character here. */
    char next() {
        char taken = peek();
        at++;
        if (taken == '\n' || (taken == '\r' && peek() != '\n')) {
            line++;
            lineStart = at;
        }
        return taken;
    }

    /** What stands here, for a message. */
    String sight() {
        if (isAtEnd()) {
            return "the end of the file";
        }
        int seen = text.codePointAt(at);
        if (seen == '"') {
            return "a quote";
        }
        return Character.isISOControl(seen) ? "a control character" : "\"" + Character.toString(seen) + "\"";
    }

    /** Passes white space and comments. */
    void skipSpace() throws Malformed {
        while (true) {
            if (isSpace(peek()) && !isAtEnd()) {
                next();
            } else if (text.startsWith("//", at)) {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                skipBlock();
            } else {
                return;
            }
        }
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    private void skipLine() {
        while (!isAtEnd() && peek() != '\n' && peek() != '\r') {
            next();
        }
    }

    private void skipBlock() throws Malformed {
        Place start = place();
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new Malformed(start, "this comment has no end; write */ after it");
        }
        while (at < end + 2) {
            next();
        }
    }

    /** Whether the list or map ends here; if so, its bracket is taken. */
    boolean closes(char bracket) throws Malformed {
        skipSpace();
        if (peek() != bracket) {
            return false;
        }
        next();
        return true;
    }

    /** Passes the comma between two items, or stands before the closing bracket. */
    void separate(char bracket) throws Malformed {
        skipSpace();
        if (peek() == ',') {
            next();
        } else if (peek() != bracket) {
            throw new Malformed(place(), "\",\" or \"" + bracket + "\" is expected, not " + sight());
        }
    }

    void expect(char character, String where) throws Malformed {
        skipSpace();
        if (peek() != character) {
            throw new Malformed(place(), "\"" + character + "\" is expected " + where + ", not " + sight());
        }
        next();
    }

    /** Takes a bare word: a number, true, false, null, or a mistake. */
    String word() {
        int start = at;
        while (!isAtEnd() && !isSpace(peek()) && ",:{}[]\"".indexOf(peek()) < 0) {
            next();
        }
        return text.substring(start, at);
    }

    /** Takes text in double quotes. */
    String quoted() throws Malformed {
        Place start = place();
        StringBuilder content = new StringBuilder();
        next();
        while (peek() != '"') {
            if (isAtEnd() || peek() == '\n' || peek() == '\r') {
                throw new Malformed(start, "this text has no closing quote; add it, and write a line break as \\n");
            }
            Place place = place();
            char character = next();
            content.append(character == '\\' ? escaped(place) : character);
        }
        next();
        return content.toString();
    }

    private char escaped(Place place) throws Malformed {
        char letter = next();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit(place);
            default -> throw new Malformed(place, "this backslash starts no escape; write \\\\ for a backslash");
        };
    }

    private char unit(Place place) throws Malformed {
        int unit = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = Character.digit(peek(), 16);
            if (value < 0) {
                throw new Malformed(place, "\\u needs four digits of 0-9 and a-f");
            }
            unit = unit * 16 + value;
            next();
        }
        return (char) unit;
    }
}

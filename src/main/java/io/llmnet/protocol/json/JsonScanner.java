package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;

/**
 * A cursor over JSON text in UTF-8 that checks all it passes, by RFC 8259, and allocates nothing.
 *
 * <p>Objects and arrays are walked with {@link #open} and {@link #more}:
 *
 * <pre>{@code
 * for (boolean more = scan.open('{'); more; more = scan.more('}')) {
 *     scan.key();
 *     scan.value();
 * }
 * }</pre>
 *
 * <p>Any violation is a {@link ChatException} with line and column. One text, one scanner, one thread.
 */
public final class JsonScanner {
    /** How deep objects and arrays may nest. */
    public static final int MAX_DEPTH = 256;

    private final byte[] text;
    private final Fault fault;
    private final JsonLexer lexer;
    private int at;
    private int depth;
    private int keyStart;
    private int keyEnd;

    /** @param fault what it is when the text is not JSON: {@link Fault#MALFORMED_JSON} when a caller sent it */
    public JsonScanner(byte[] text, Fault fault) {
        this.text = text;
        this.fault = fault;
        this.lexer = new JsonLexer(text, this);
        this.at = startsWithMark() ? 3 : 0;
    }

    /** Offset of the next byte to be read. */
    public int at() {
        return at;
    }

    /** Offset of the last key's opening quote. */
    public int keyStart() {
        return keyStart;
    }

    /** Goes to where a value starts, as found by an earlier walk. */
    public void jump(int offset) {
        at = offset;
    }

    /** The next byte that is no white space, which it moves to; -1 at the end. */
    public int peek() {
        while (at < text.length) {
            byte next = text[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next & 0xff;
            }
            at++;
        }
        return -1;
    }

    /** Enters an object or array; false if it is empty, and then it is left already. */
    public boolean open(char bracket) {
        expect(bracket);
        if (++depth > MAX_DEPTH) {
            throw refuse("nested deeper than " + MAX_DEPTH, at - 1);
        }
        return !isClosed(bracket == '{' ? '}' : ']');
    }

    /** Steps to the next member or element; false when the object or array is over, and left. */
    public boolean more(char bracket) {
        int next = peek();
        if (next == ',') {
            at++;
            return true;
        }
        if (isClosed(bracket)) {
            return false;
        }
        throw unexpected("',' or '" + bracket + "'");
    }

    /** Reads a member's key and colon, and moves to its value. */
    public void key() {
        if (peek() != '"') {
            throw unexpected("a key in double quotes");
        }
        keyStart = at;
        at = lexer.string(at);
        keyEnd = at;
        expect(':');
        peek();
    }

    /** Whether the last key is this one, escapes considered. */
    public boolean isKey(String name) {
        return says(name, keyStart, keyEnd);
    }

    /** Whether the string between two offsets, quotes included in the range, says this in ASCII, escapes considered. */
    public boolean says(String word, int start, int end) {
        int length = end - start - 2;
        if (length < word.length()) {
            return false; // escapes only make it longer
        }
        for (int i = 0; i < length; i++) {
            byte found = text[start + 1 + i];
            if (found == '\\') {
                return word.equals(JsonString.decode(text, start, end));
            }
            if (i >= word.length() || found != word.charAt(i)) {
                return false;
            }
        }
        return length == word.length();
    }

    /** The last key, decoded. */
    public String keyText() {
        return JsonString.decode(text, keyStart, keyEnd);
    }

    /** Passes one value of any kind; afterwards {@link #at} is right behind it. */
    public void value() {
        switch (peek()) {
            case '"' -> at = lexer.string(at);
            case '{' -> object();
            case '[' -> array();
            case 't' -> at = lexer.word(at, "true");
            case 'f' -> at = lexer.word(at, "false");
            case 'n' -> at = lexer.word(at, "null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> at = lexer.number(at);
            default -> throw unexpected("a value");
        }
    }

    /** Checks that nothing but white space follows. */
    public void end() {
        if (peek() >= 0) {
            throw unexpected("the end");
        }
    }

    /** The text between two offsets, taken as a JSON string with its quotes. */
    public String string(int start, int end) {
        return JsonString.decode(text, start, end);
    }

    ChatException unexpected(String wanted) {
        return unexpected(wanted, at);
    }

    ChatException unexpected(String wanted, int offset) {
        return refuse("expected " + wanted + ", found " + found(offset), offset);
    }

    ChatException refuse(String why, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(offset, text.length); i++) {
            if (text[i] == '\n') {
                line++;
                column = 1;
            } else if ((text[i] & 0xc0) != 0x80) {
                column++;
            }
        }
        return new ChatException(fault, "not valid JSON at line " + line + ", column " + column + ": " + why);
    }

    private void object() {
        for (boolean more = open('{'); more; more = more('}')) {
            key();
            value();
        }
    }

    private void array() {
        for (boolean more = open('['); more; more = more(']')) {
            value();
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    private boolean isClosed(char bracket) {
        if (peek() != bracket) {
            return false;
        }
        at++;
        depth--;
        return true;
    }

    private boolean startsWithMark() {
        return text.length >= 3 && text[0] == (byte) 0xef && text[1] == (byte) 0xbb && text[2] == (byte) 0xbf;
    }

    private String found(int offset) {
        if (offset >= text.length) {
            return "the end";
        }
        int octet = text[offset] & 0xff;
        return octet > ' ' && octet < 0x7f
                ? "'" + new String(text, offset, 1, UTF_8) + "'"
                : String.format("byte 0x%02x", octet);
    }
}

package io.llmnet.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes strings, numbers and words. Strings go eight bytes at a time while they are plain ASCII: the bit trick that finds
 * a zero byte in a word (Mycroft's), for quote, backslash, control and non-ASCII at once.
 */
final class JsonLexer {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] text;
    private final JsonScanner scanner;

    JsonLexer(byte[] text, JsonScanner scanner) {
        this.text = text;
        this.scanner = scanner;
    }

    /** Passes the string that opens at {@code start}; gives the offset behind its closing quote. */
    int string(int start) {
        int at = plain(start + 1);
        while (at < text.length) {
            byte next = text[at];
            if (next == '"') {
                return at + 1;
            } else if (next == '\\') {
                at = plain(escape(at + 1));
            } else if (next < 0) {
                at = plain(sequence(at));
            } else if (next < ' ') {
                throw scanner.refuse("a control character in a string must be escaped", at);
            } else {
                at++;
            }
        }
        throw scanner.refuse("a string is not closed", start);
    }

    int word(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (octet(at + i) != word.charAt(i)) {
                throw scanner.unexpected("'" + word + "'", at + i);
            }
        }
        return at + word.length();
    }

    int number(int start) {
        int at = octet(start) == '-' ? start + 1 : start;
        at = octet(at) == '0' ? at + 1 : digits(at);
        if (octet(at) == '.') {
            at = digits(at + 1);
        }
        if (octet(at) == 'e' || octet(at) == 'E') {
            int sign = octet(at + 1);
            at = digits(sign == '+' || sign == '-' ? at + 2 : at + 1);
        }
        return at;
    }

    private int plain(int start) {
        int at = start;
        while (at + 8 <= text.length && isPlain((long) WORDS.get(text, at))) {
            at += 8;
        }
        return at;
    }

    private static boolean isPlain(long word) {
        long quote = word ^ ('"' * ONES);
        long backslash = word ^ ('\\' * ONES);
        long hits = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | (word - ' ' * ONES) | word;
        return (hits & HIGHS) == 0;
    }

    private int escape(int at) {
        switch (octet(at)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 1;
            }
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(octet(at + i), 16) < 0) {
                        throw scanner.unexpected("a hexadecimal digit", at + i);
                    }
                }
                return at + 5;
            }
            default -> throw scanner.unexpected("an escape that JSON knows", at);
        }
    }

    private int digits(int start) {
        int at = start;
        while (octet(at) >= '0' && octet(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw scanner.unexpected("a digit", at);
        }
        return at;
    }

    /** Passes one character of two to four bytes, by the table of RFC 3629: nothing overlong, no surrogates. */
    private int sequence(int at) {
        int lead = octet(at);
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        boolean right = lead >= 0xc2 && lead <= 0xf4 && octet(at + 1) >= low && octet(at + 1) <= high;
        for (int i = 2; i < length; i++) {
            right &= (octet(at + i) & 0xc0) == 0x80 && octet(at + i) >= 0;
        }
        if (!right) {
            throw scanner.refuse("a string is not UTF-8", at);
        }
        return at + length;
    }

    /** The byte there, or -1 behind the end. */
    private int octet(int at) {
        return at < text.length ? text[at] & 0xff : -1;
    }
}

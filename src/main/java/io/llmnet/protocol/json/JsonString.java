package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A string of JSON text, both ways. Half a surrogate pair survives as the escape that it came as. */
public final class JsonString {
    private static final String HEX = "0123456789abcdef";

    private JsonString() {}

    /** What the string between two offsets says, quotes included in the range; it must be valid. */
    public static String decode(byte[] text, int start, int end) {
        String inner = new String(text, start + 1, end - start - 2, UTF_8);
        return inner.indexOf('\\') < 0 ? inner : unescape(inner);
    }

    /** The text in quotes, escaped, as UTF-8. */
    public static byte[] quote(String text) {
        return ('"' + escape(text) + '"').getBytes(UTF_8);
    }

    /** The text escaped, without quotes. */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < ' ' || isHalf(text, i)) {
                control(out, next);
            } else if (next == '"' || next == '\\') {
                out.append('\\').append(next);
            } else {
                out.append(next);
            }
        }
        return out.toString();
    }

    private static void control(StringBuilder out, char next) {
        switch (next) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(next >> shift & 15));
                }
            }
        }
    }

    private static boolean isHalf(String text, int i) {
        char here = text.charAt(i);
        if (Character.isHighSurrogate(here)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(here) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private static String unescape(String inner) {
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char next = inner.charAt(i);
            if (next != '\\') {
                out.append(next);
            } else if (inner.charAt(++i) == 'u') {
                out.append((char) Integer.parseInt(inner.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                out.append(plain(inner.charAt(i)));
            }
        }
        return out.toString();
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}

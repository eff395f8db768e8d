package io.llmnet.config.form;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truths as JSON, indented; what fits on a line stands on one. */
final class JsonText {
    private static final int WIDTH = 110;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.write(value, 0);
        return json.text.append('\n').toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            group('{', '}', map.entrySet(), depth);
        } else if (value instanceof Collection<?> list) {
            group('[', ']', list, depth);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            quote(String.valueOf(entry.getKey()));
            text.append(": ");
            write(entry.getValue(), depth);
        } else if (value instanceof String string) {
            quote(string);
        } else {
            text.append(value);
        }
    }

    private void group(char open, char close, Collection<?> items, int depth) {
        int start = text.length();
        text.append(open);
        String comma = "";
        for (Object item : items) {
            text.append(comma);
            write(item, depth + 1);
            comma = ", ";
        }
        text.append(close);
        if (text.length() - start + 2 * depth > WIDTH || text.indexOf("\n", start) >= 0) {
            text.setLength(start);
            lines(open, close, items, depth);
        }
    }

    private void lines(char open, char close, Collection<?> items, int depth) {
        text.append(open);
        for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
            indent(depth + 1);
            write(each.next(), depth + 1);
            text.append(each.hasNext() ? "," : "");
        }
        indent(depth);
        text.append(close);
    }

    private void indent(int depth) {
        text.append('\n').append("  ".repeat(depth));
    }

    private void quote(String string) {
        text.append('"');
        for (int at = 0; at < string.length(); at++) {
            char character = string.charAt(at);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}

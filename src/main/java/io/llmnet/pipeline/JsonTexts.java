package io.llmnet.pipeline;

import io.llmnet.config.Document;
import io.llmnet.config.Problems;
import java.util.Locale;

/** Puts texts into JSON so that they stay what they are. */
public final class JsonTexts {
    private JsonTexts() {}

    /** The text as a JSON string, in its quotes. */
    public static void quote(String text, StringBuilder json) {
        json.append('"');
        escape(text, json);
        json.append('"');
    }

    /** The text as it stands inside a JSON string. */
    static void escape(String text, StringBuilder json) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
    }

    /** The text as a value: as it is where it is JSON by itself, so that nothing can be smuggled in; as a string else. */
    static void value(String text, StringBuilder json) {
        if (isJson(text)) {
            json.append(text);
        } else {
            quote(text, json);
        }
    }

    private static boolean isJson(String text) {
        Problems problems = new Problems();
        return !text.isBlank()
                && Document.read("value.json", text, problems).isPresent()
                && problems.inOrder().isEmpty()
                && isStrict(text);
    }

    /** Without the comments and the last commas that files may have. */
    private static boolean isStrict(String text) {
        boolean inString = false;
        char before = ' ';
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (inString && character == '\\') {
                at++;
            } else if (character == '"') {
                inString = !inString;
            } else if (!inString && (character == '/' || (before == ',' && (character == ']' || character == '}')))) {
                return false;
            }
            before = Character.isWhitespace(character) ? before : character;
        }
        return true;
    }
}

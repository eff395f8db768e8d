package io.llmnet.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON and what people add to it: comments and a comma after the last item.
 *
 * <p>By hand and not by a library, because a problem needs the place of every key and value, and words that tell people
 * what to write; parsers give the one in part and the other in their own terms.
 */
final class JsonText {
    private final JsonCursor cursor;
    private final Problems problems;
    private int values;

    JsonText(String file, String text, Problems problems) {
        this.cursor = new JsonCursor(file, text);
        this.problems = problems;
    }

    /** The one value of the text. */
    Value read() throws Malformed {
        Value value = value("", 0);
        cursor.skipSpace();
        if (!cursor.isAtEnd()) {
            throw new Malformed(cursor.place(), "nothing may follow the end of the document; take it out");
        }
        return value;
    }

    private Value value(String path, int depth) throws Malformed {
        cursor.skipSpace();
        Place place = cursor.place();
        if (depth > Document.DEPTH_LIMIT) {
            throw new Malformed(place, "is nested deeper than " + Document.DEPTH_LIMIT + " levels; make it flatter");
        }
        if (++values > Document.VALUE_LIMIT) {
            throw new Malformed(place, "has more than " + Document.VALUE_LIMIT + " values; make it smaller");
        }
        return switch (cursor.peek()) {
            case '{' -> mapping(place, path, depth);
            case '[' -> sequence(place, path, depth);
            case '"' -> new Value.Text(place, cursor.quoted(), Value.Quotes.DOUBLE);
            default -> word(place);
        };
    }

    private Value mapping(Place place, String path, int depth) throws Malformed {
        Gathering entries = new Gathering(problems);
        cursor.next();
        while (!cursor.closes('}')) {
            Place keyPlace = cursor.place();
            if (cursor.peek() != '"') {
                throw new Malformed(keyPlace, "a key in double quotes or \"}\" is expected, not " + cursor.sight());
            }
            String key = cursor.quoted();
            String keyPath = Paths.key(path, key);
            cursor.expect(':', "after the key \"" + key + "\"");
            entries.add(new Value.Entry(keyPlace, key, value(keyPath, depth + 1)), keyPath);
            cursor.separate('}');
        }
        return entries.done(place);
    }

    private Value sequence(Place place, String path, int depth) throws Malformed {
        List<Value> items = new ArrayList<>();
        cursor.next();
        while (!cursor.closes(']')) {
            items.add(value(Paths.item(path, items.size()), depth + 1));
            cursor.separate(']');
        }
        return new Value.Sequence(place, items);
    }

    private Value word(Place place) throws Malformed {
        String sight = cursor.sight();
        String word = cursor.word();
        return switch (word) {
            case "true", "false" -> new Value.Truth(place, word.equals("true"));
            case "null" -> new Value.Nothing(place);
            default -> {
                if (!Numbers.isJson(word)) {
                    throw new Malformed(place, complaint(word, sight));
                }
                yield new Value.Numeral(place, word);
            }
        };
    }

    private static String complaint(String word, String sight) {
        if (word.isEmpty()) {
            return "a value is expected, not " + sight;
        }
        return word.startsWith("'")
                ? "text stands in double quotes, not in single ones"
                : "\"" + Paths.shortened(word) + "\" is no value; put text in double quotes";
    }
}

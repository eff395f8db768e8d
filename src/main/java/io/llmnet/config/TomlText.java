package io.llmnet.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML 1.0. What reads nothing of it never loads its parser. */
final class TomlText {
    private final String file;
    private final List<String> lines;
    private final String text;
    private final Problems problems;

    TomlText(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.lines = text.lines().toList();
        this.problems = problems;
    }

    /** The table of the text; empty when it cannot be told what it says, and problems say why. */
    Optional<Value> read() throws Malformed {
        TomlParseResult parsed = parsed();
        TomlComplaints complaints = new TomlComplaints(problems);
        parsed.errors().forEach(error -> complaints.tell(place(error.position()), String.valueOf(error.getMessage())));
        return complaints.areMild() ? Optional.of(table(new Place(file, 1, 1), parsed, 0)) : Optional.empty();
    }

    private TomlParseResult parsed() throws Malformed {
        try {
            return Toml.parse(text);
        } catch (StackOverflowError nested) {
            // The parser recurses as deep as the text does; what it was made of is dropped whole.
            throw new Malformed(new Place(file, 1, 1), "is nested too deep; make it flatter");
        }
    }

    private Value.Mapping table(Place place, TomlTable table, int depth) throws Malformed {
        List<Value.Entry> entries = new ArrayList<>();
        for (String name : table.keySet()) {
            List<String> key = List.of(name);
            Object value = table.get(key);
            if (value != null) {
                Place at = place(table.inputPositionOf(key));
                entries.add(new Value.Entry(at, name, value(afterKey(at), value, depth + 1)));
            }
        }
        return new Value.Mapping(place, entries);
    }

    private Value list(Place place, TomlArray array, int depth) throws Malformed {
        List<Value> items = new ArrayList<>();
        for (int index = 0; index < array.size(); index++) {
            items.add(value(place(array.inputPositionOf(index)), array.get(index), depth + 1));
        }
        return new Value.Sequence(place, items);
    }

    private Value value(Place place, Object value, int depth) throws Malformed {
        if (depth > Document.DEPTH_LIMIT) {
            throw new Malformed(place, "is nested deeper than " + Document.DEPTH_LIMIT + " levels; make it flatter");
        }
        if (value instanceof TomlTable inner) {
            return table(place, inner, depth);
        }
        if (value instanceof TomlArray array) {
            return list(place, array, depth);
        }
        if (value instanceof Boolean truth) {
            return new Value.Truth(place, truth);
        }
        return value instanceof Number
                ? new Value.Numeral(place, value.toString())
                : new Value.Text(place, value.toString(), Value.Quotes.BLOCK);
    }

    private Place place(@Nullable TomlPosition at) {
        return at == null ? new Place(file, 1, 1) : new Place(file, at.line(), at.column());
    }

    /** Where the value of a key begins, for the parser tells the key's own place; of a header, the header's. */
    private Place afterKey(Place key) {
        String line = key.line() > lines.size() ? "" : lines.get(key.line() - 1);
        int at = key.column() - 1;
        char quote = 0;
        if (line.startsWith("[", at)) {
            return key;
        }
        while (at < line.length() && (quote != 0 || line.charAt(at) != '=')) {
            char here = line.charAt(at++);
            if (quote == 0 && (here == '"' || here == '\'')) {
                quote = here;
            } else if (here == quote) {
                quote = 0;
            }
        }
        do {
            at++;
        } while (at < line.length() && Character.isWhitespace(line.charAt(at)));
        return at < line.length() ? new Place(file, key.line(), at + 1) : key;
    }
}

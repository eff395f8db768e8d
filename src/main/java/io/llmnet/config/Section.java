package io.llmnet.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A map of a document while it is being understood: asks for keys by name and type, and collects what is wrong.
 *
 * <p>Each question makes its key known; what was never asked for is unknown, and {@link #close()} says so. So the list
 * of known keys cannot drift from the code that reads them. A key with a null counts as absent. For one thread.
 */
public final class Section {
    private final String path;
    private final Value.Mapping mapping;
    private final Problems problems;
    private final Environment environment;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Value.Mapping mapping, Problems problems, Environment environment) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
        this.environment = environment;
    }

    /**
     * The map at the top of a document.
     *
     * @param variables finds what {@code $NAME} stands for, null when it is not set
     * @return null when there is no map, which is a problem by then
     */
    public static @Nullable Section top(Value document, Problems problems, UnaryOperator<@Nullable String> variables) {
        return as(document, "", problems, new Environment(variables, problems));
    }

    private static @Nullable Section as(Value value, String path, Problems problems, Environment environment) {
        if (value instanceof Value.Mapping mapping) {
            return new Section(path, mapping, problems, environment);
        }
        problems.error(value.place(), path, "must be a map of keys and values, not " + value.kind());
        return null;
    }

    /** Where the map begins. */
    public Place place() {
        return mapping.place();
    }

    /** Its path from the top; empty at the top. */
    public String path() {
        return path;
    }

    /** The path of one of its keys. */
    public String path(String key) {
        return Paths.key(path, key);
    }

    /** Where a key's value begins, or the map when the key is not there. */
    public Place place(String key) {
        Value value = mapping.find(key);
        return value == null ? place() : value.place();
    }

    /** Whether the key is there and says something. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** All keys, in order. */
    public List<String> keys() {
        return mapping.entries().stream().map(Value.Entry::name).toList();
    }

    /** Whether the key is there and has text. */
    public boolean isText(String key) {
        return find(key) instanceof Value.Text;
    }

    /** The value of a key, whatever it is. */
    public @Nullable Value find(String key) {
        known.add(key);
        Value value = mapping.find(key);
        return value instanceof Value.Nothing ? null : value;
    }

    /** Text, as it is written. */
    public @Nullable String text(String key) {
        Value.Text text = textValue(key);
        return text == null ? null : text.text();
    }

    /** Text in which the environment's variables and secrets are put in. */
    public @Nullable String expanded(String key) {
        Value.Text text = textValue(key);
        return text == null ? null : environment.expand(text, path(key));
    }

    /** Text that must be there and not be blank; a problem else. */
    public @Nullable String required(String key) {
        if (find(key) == null) {
            problems.error(place(), path, "the key \"" + key + "\" is missing; add it");
            return null;
        }
        String text = text(key);
        if (text != null && text.isBlank()) {
            error(key, "is empty; write something into it");
            return null;
        }
        return text;
    }

    private Value.@Nullable Text textValue(String key) {
        Value value = find(key);
        if (value == null || value instanceof Value.Text) {
            return (Value.Text) value;
        }
        boolean quotable = value instanceof Value.Numeral || value instanceof Value.Truth;
        error(key, "must be text, not " + value.kind() + (quotable ? "; put it in quotes" : ""));
        return null;
    }

    /** A time such as {@code 30s}, or that many seconds. */
    public @Nullable Duration duration(String key) {
        Value value = find(key);
        if (value == null) {
            return null;
        }
        String written = value instanceof Value.Numeral numeral
                ? numeral.digits()
                : value instanceof Value.Text text
                        ? environment.expand(text, path(key)).strip()
                        : "";
        Optional<Duration> time = Durations.read(written);
        if (time.isEmpty()) {
            error(key, "must be " + Durations.FORM);
        }
        return time.orElse(null);
    }

    /** A whole number, written as a number, or as text in which the environment's variables are put in. */
    public @Nullable Integer integer(String key, int least, int most) {
        Value value = find(key);
        if (value == null) {
            return null;
        }
        String digits = null;
        if (value instanceof Value.Numeral numeral) {
            digits = numeral.digits();
        } else if (value instanceof Value.Text text) {
            digits = environment.expand(text, path(key)).strip();
        }
        Integer number = digits == null ? null : whole(digits);
        if (number == null || number < least || number > most) {
            error(key, "must be a whole number from " + least + " to " + most);
            return null;
        }
        return number;
    }

    /** The whole number that is written, null when it is none that fits. */
    public static @Nullable Integer whole(String digits) {
        try {
            return digits.length() > 11 ? null : Integer.valueOf(digits);
        } catch (NumberFormatException notWhole) {
            return null;
        }
    }

    /** True or false. */
    public @Nullable Boolean truth(String key) {
        Value value = find(key);
        if (value == null || value instanceof Value.Truth) {
            return value == null ? null : ((Value.Truth) value).holds();
        }
        error(key, "must be true or false, not " + value.kind());
        return null;
    }

    /** The map under a key. */
    public @Nullable Section section(String key) {
        Value value = find(key);
        return value == null ? null : as(value, path(key), problems, environment);
    }

    /** The maps that are the values of this map, by key: for maps whose keys are the author's own names. */
    public Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Value.Entry entry : mapping.entries()) {
            known.add(entry.name());
            Section section = as(entry.value(), path(entry.name()), problems, environment);
            if (section != null) {
                sections.put(entry.name(), section);
            }
        }
        return sections;
    }

    /** The maps in the list under a key. */
    public List<Section> list(String key) {
        List<Section> sections = new ArrayList<>();
        int index = 0;
        for (Value item : items(key)) {
            Section section = as(item, Paths.item(path(key), index++), problems, environment);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /** The values in the list under a key; none when it is not there. */
    public List<Value> items(String key) {
        Value value = find(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Value.Sequence sequence) {
            return sequence.items();
        }
        error(key, "must be a list, not " + value.kind());
        return List.of();
    }

    /** Names keys that belong here, and that nobody asks for. */
    public void allow(String... keys) {
        known.addAll(List.of(keys));
    }

    /** Says what references in this document's texts stand for, from now on. */
    public void refer(References references) {
        environment.refer(references);
    }

    /** Where the problems of this document are collected. */
    public Problems problems() {
        return problems;
    }

    /** Notes what refuses the file, at a key's value; only the first such mistake, for what follows from it helps nobody. */
    public void error(String key, String message) {
        if (!problems.refuse(path(key))) {
            problems.error(place(key), path(key), message);
        }
    }

    /** Notes what the author should know, at a key's value. */
    public void warning(String key, String message) {
        problems.warning(place(key), path(key), message);
    }

    /** Ends the questions: every key that nobody asked for is unknown. */
    public void close() {
        for (Value.Entry entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                String mend = Spelling.nearest(entry.name(), known)
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse("it has no effect");
                problems.warning(entry.place(), path, "unknown key \"" + Paths.shortened(entry.name()) + "\"; " + mend);
            }
        }
    }
}

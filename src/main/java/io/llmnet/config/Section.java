package io.llmnet.config;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
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
 * <p>Where its form is known, only keys of the form can be asked for, and the value of a key that has a new name is found
 * under its old one, too. Else each question makes its key known. What was never asked for is unknown, and {@link #close()}
 * says so. A key with a null counts as absent. For one thread.
 */
public final class Section {
    private final String path;
    private final Value.Mapping mapping;
    private final Problems problems;
    private final Environment environment;
    private final @Nullable Shape shape;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(
            String path, Value.Mapping mapping, Problems problems, Environment environment, @Nullable Shape shape) {
        this.path = path;
        this.mapping = mapping;
        this.problems = problems;
        this.environment = environment;
        this.shape = shape;
    }

    /**
     * The map at the top of a document.
     *
     * @param variables finds what {@code $NAME} stands for, null when it is not set
     * @return null when there is no map, which is a problem by then
     */
    public static @Nullable Section top(Value document, Problems problems, UnaryOperator<@Nullable String> variables) {
        return as(document, "", problems, new Environment(variables, problems), null);
    }

    private static @Nullable Section as(
            Value value, String path, Problems problems, Environment environment, @Nullable Shape shape) {
        if (value instanceof Value.Mapping mapping) {
            Shape known = shape == null ? null : shape.ofMap(mapping::text);
            return new Section(path, mapping, problems, environment, known);
        }
        problems.error(value.place(), path, "must be a map of keys and values, not " + value.kind());
        return null;
    }

    /** The same map, now that its form is known. */
    public Section as(Form form) {
        return new Section(path, mapping, problems, environment, new Shape.Fields(form));
    }

    private @Nullable Form form() {
        return shape instanceof Shape.Fields fields ? fields.form() : null;
    }

    /** The shape of what stands at a key. */
    private @Nullable Shape shape(String key) {
        if (shape instanceof Shape.Names names) {
            return names.of();
        }
        Form form = form();
        Key found = form == null ? null : form.find(key);
        return found == null ? null : found.shape();
    }

    /** The name under which the file has the key: its own, or the old one that is there instead. */
    private String written(String key) {
        Form form = form();
        Key found = form == null ? null : form.find(key);
        return found == null || isThere(key)
                ? key
                : found.once().stream().filter(this::isThere).findFirst().orElse(key);
    }

    private boolean isThere(String name) {
        Value value = mapping.find(name);
        return value != null && !(value instanceof Value.Nothing);
    }

    /** Where the map begins. */
    public Place place() {
        return mapping.place();
    }

    /** Its path from the top; empty at the top. */
    public String path() {
        return path;
    }

    /** The path of one of its keys, as the file writes it. */
    public String path(String key) {
        return Paths.key(path, written(key));
    }

    /** Where a key's value begins, or the map when the key is not there. */
    public Place place(String key) {
        Value value = mapping.find(written(key));
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
        ask(key);
        Value value = mapping.find(written(key));
        return value instanceof Value.Nothing ? null : value;
    }

    private void ask(String key) {
        Form form = form();
        if (form != null && form.find(key) == null && form.once(key).isEmpty()) {
            throw new IllegalStateException("the form of a " + form.name() + " has no key " + key);
        }
        asked.add(key);
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
        Optional<Duration> time = Durations.read(digitsOrText(value, key));
        if (time.isEmpty()) {
            error(key, "must be " + Durations.FORM);
        }
        return time.orElse(null);
    }

    /** An amount of bytes such as {@code 64MiB}, or that many. */
    public @Nullable Long size(String key) {
        Value value = find(key);
        if (value == null) {
            return null;
        }
        Optional<Long> size = Sizes.read(digitsOrText(value, key));
        if (size.isEmpty()) {
            error(key, "must be " + Sizes.FORM);
        }
        return size.orElse(null);
    }

    private String digitsOrText(Value value, String key) {
        return value instanceof Value.Numeral numeral
                ? numeral.digits()
                : value instanceof Value.Text text
                        ? environment.expand(text, path(key)).strip()
                        : "";
    }

    /** A whole number, written as a number, or as text in which the environment's variables are put in. */
    public @Nullable Integer integer(String key, int least, int most) {
        Value value = find(key);
        if (value == null) {
            return null;
        }
        Integer number = whole(digitsOrText(value, key));
        if (number == null || number < least || number > most) {
            error(key, "must be a whole number from " + least + " to " + most);
            return null;
        }
        return number;
    }

    /** A number, written as one, or as text in which the environment's variables are put in. */
    public @Nullable Double decimal(String key, double least, double most) {
        Value value = find(key);
        if (value == null) {
            return null;
        }
        Double number = Numbers.read(digitsOrText(value, key));
        if (number == null || number < least || number > most) {
            error(key, "must be a number from " + Numbers.text(least) + " to " + Numbers.text(most));
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
        return value == null ? null : as(value, path(key), problems, environment, shape(key));
    }

    /** The maps that are the values of this map, by key: for maps whose keys are the author's own names. */
    public Map<String, Section> sections() {
        Map<String, Section> sections = new LinkedHashMap<>();
        for (Value.Entry entry : mapping.entries()) {
            asked.add(entry.name());
            Section section = as(entry.value(), path(entry.name()), problems, environment, shape(entry.name()));
            if (section != null) {
                sections.put(entry.name(), section);
            }
        }
        return sections;
    }

    /** The maps in the list under a key. */
    public List<Section> list(String key) {
        List<Section> sections = new ArrayList<>();
        for (int index = 0; index < items(key).size(); index++) {
            Section section = item(key, index);
            if (section != null) {
                sections.add(section);
            }
        }
        return sections;
    }

    /** The map that is an item, from 0, of the list under a key. */
    public @Nullable Section item(String key, int index) {
        Shape list = shape(key);
        Shape each = list == null ? null : list.ofItems();
        return as(items(key).get(index), Paths.item(path(key), index), problems, environment, each);
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
        for (String key : keys) {
            ask(key);
        }
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

    /** Ends the questions: what nobody asked for is told. */
    public void close() {
        new Leftovers(path, mapping, problems, form(), asked).tell();
    }
}

package io.llmnet.config.form;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a map may have.
 *
 * @param name what the map is, in a word; no two forms of a file have the same
 * @param meaning what it is for, told by editors
 * @param keys in the order in which editors offer them
 */
public record Form(String name, String meaning, Map<String, Key> keys) {
    public Form {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** A form of these keys. */
    public static Form of(String name, String meaning, Key... keys) {
        Map<String, Key> byName = new LinkedHashMap<>();
        for (Key key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException(name + " has the key " + key.name() + " twice");
            }
        }
        return new Form(name, meaning, byName);
    }

    /** The key of that name, null when there is none. */
    public @Nullable Key find(String key) {
        return keys.get(key);
    }

    /** The key that once had that name. */
    public Optional<Key> once(String word) {
        return called(word, Key::once);
    }

    /** The key that has that name elsewhere. */
    public Optional<Key> elsewhere(String word) {
        return called(word, Key::elsewhere);
    }

    /** The names that are not old. */
    public List<String> names() {
        return keys.values().stream()
                .filter(key -> key.successor() == null && !key.name().startsWith("$"))
                .map(Key::name)
                .toList();
    }

    private Optional<Key> called(String word, Function<Key, List<String>> names) {
        return keys.values().stream()
                .filter(key -> names.apply(key).contains(word))
                .findFirst();
    }
}

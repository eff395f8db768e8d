package io.llmnet.config.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints forms as JSON Schema 2020-12, for editors and checkers.
 *
 * <p>It is a little stricter than the readers, which only warn of keys that they do not know, and it cannot know what hangs
 * together: names, rounds, the environment.
 */
public final class JsonSchema implements Shape.Cases<Map<String, Object>> {
    private static final String ENVIRONMENT = "\\$";

    private final Map<String, Object> definitions = new TreeMap<>();

    private JsonSchema() {}

    /** The schema of files of one form. */
    public static String of(String title, Form form) {
        JsonSchema schema = new JsonSchema();
        return schema.whole(title, schema.fields(new Shape.Fields(form)));
    }

    /**
     * The schema of files of two forms.
     *
     * @param marks the keys of which each says that a file is of the first form
     */
    public static String of(String title, List<String> marks, Form marked, Form unmarked) {
        JsonSchema schema = new JsonSchema();
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put(
                "if",
                Map.of(
                        "anyOf",
                        marks.stream()
                                .map(mark -> Map.of("required", List.of(mark)))
                                .toList()));
        choice.put("then", schema.fields(new Shape.Fields(marked)));
        choice.put("else", schema.fields(new Shape.Fields(unmarked)));
        return schema.whole(title, choice);
    }

    private String whole(String title, Map<String, Object> top) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("title", title);
        whole.put("type", "object");
        whole.putAll(top);
        whole.put("$defs", definitions);
        return JsonText.of(whole);
    }

    private Map<String, Object> definition(Form form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Key key : form.keys().values()) {
            properties.put(key.name(), property(key));
            key.once().forEach(old -> properties.put(old, old(property(key), key.name())));
            if (key.isRequired()) {
                required.add(key.name());
            }
        }
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("description", form.meaning());
        definition.put("type", List.of("object", "null"));
        definition.put("properties", properties);
        if (!required.isEmpty()) {
            definition.put("required", required);
        }
        definition.put("additionalProperties", false);
        return definition;
    }

    private Map<String, Object> property(Key key) {
        Map<String, Object> property = new LinkedHashMap<>();
        String tense = key.isLater() ? "Comes in a later release. " : "";
        property.put("description", tense + key.meaning());
        property.putAll(key.shape().match(this));
        if (!key.isRequired()) {
            orNothing(property);
        } else if (key.shape() instanceof Shape.Text text && text.values().isEmpty()) {
            property.put("pattern", "\\S");
        }
        return key.successor() == null ? property : old(property, key.successor());
    }

    private static Map<String, Object> old(Map<String, Object> property, String successor) {
        Map<String, Object> old = new LinkedHashMap<>(property);
        old.put("description", "Old: write \"" + successor + "\".");
        old.put("deprecated", true);
        old.put("deprecationMessage", "write \"" + successor + "\"");
        return old;
    }

    @Override
    public Map<String, Object> text(Shape.Text text) {
        if (text.values().isEmpty()) {
            return ordered("type", "string");
        }
        Map<String, Object> known = ordered("enum", text.values());
        return text.expands() ? either(known, ordered("type", "string", "pattern", ENVIRONMENT)) : known;
    }

    @Override
    public Map<String, Object> whole(Shape.Whole whole) {
        Map<String, Object> number = ordered("type", "integer");
        number.put("minimum", whole.least());
        number.put("maximum", whole.most());
        String digits = whole.least() < 0 ? "-?[0-9]+" : "[0-9]+";
        return either(number, ordered("type", "string", "pattern", "^\\s*" + digits + "\\s*$|" + ENVIRONMENT));
    }

    @Override
    public Map<String, Object> decimal(Shape.Decimal decimal) {
        Map<String, Object> number = ordered("type", "number");
        number.put("minimum", decimal.least());
        number.put("maximum", decimal.most());
        return either(number, ordered("type", "string", "pattern", "^\\s*[0-9]+(\\.[0-9]+)?\\s*$|" + ENVIRONMENT));
    }

    @Override
    public Map<String, Object> plain(Shape.Plain plain) {
        return switch (plain) {
            case TRUTH -> ordered("type", "boolean");
            case TIME -> amount("^\\s*[0-9]{1,9}(ms|s|m|h)?\\s*$|");
            case SIZE -> amount("^\\s*[0-9]{1,12} ?([kKmMgG](i?B)?|B)?\\s*$|");
            case ANYTHING -> new LinkedHashMap<>();
        };
    }

    private static Map<String, Object> amount(String pattern) {
        Map<String, Object> number = ordered("type", "integer");
        number.put("minimum", 1);
        return either(number, ordered("type", "string", "pattern", pattern + ENVIRONMENT));
    }

    @Override
    public Map<String, Object> items(Shape.Items items) {
        Map<String, Object> list = ordered("type", "array");
        list.put("items", items.of().match(this));
        return list;
    }

    @Override
    public Map<String, Object> fields(Shape.Fields fields) {
        String name = fields.form().name();
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, definition(fields.form()));
        }
        return ordered("$ref", "#/$defs/" + name);
    }

    @Override
    public Map<String, Object> names(Shape.Names names) {
        Map<String, Object> map = ordered("type", "object");
        map.put("additionalProperties", names.of().match(this));
        return map;
    }

    @Override
    public Map<String, Object> sorts(Shape.Sorts sorts) {
        List<String> known = sorts.forms().keySet().stream().sorted().toList();
        Map<String, Object> map = ordered("type", "object");
        map.put("required", List.of(sorts.key()));
        map.put("properties", Map.of(sorts.key(), Map.of("enum", known)));
        List<Object> each = new ArrayList<>();
        for (String sort : known) {
            Form form = sorts.forms().get(sort);
            if (form != null) {
                Map<String, Object> of = ordered("properties", Map.of(sorts.key(), Map.of("const", sort)));
                each.add(ordered("if", of, "then", fields(new Shape.Fields(form))));
            }
        }
        map.put("allOf", each);
        return map;
    }

    @Override
    public Map<String, Object> either(Shape.Either either) {
        Set<Object> flat = new LinkedHashSet<>();
        for (Shape shape : either.shapes()) {
            Map<String, Object> one = shape.match(this);
            if (one.get("anyOf") instanceof List<?> several) {
                flat.addAll(several);
            } else {
                flat.add(one);
            }
        }
        return ordered("anyOf", List.copyOf(flat));
    }

    private static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
        return ordered("anyOf", List.of(one, other));
    }

    /** A key with a null counts as absent. */
    private static void orNothing(Map<String, Object> property) {
        if (property.get("type") instanceof String type) {
            property.put("type", List.of(type, "null"));
        } else if (property.get("anyOf") instanceof List<?> shapes) {
            List<Object> more = new ArrayList<>(shapes);
            more.add(Map.of("type", "null"));
            property.put("anyOf", more);
        }
    }

    private static Map<String, Object> ordered(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    private static Map<String, Object> ordered(String key, Object value, String next, Object other) {
        Map<String, Object> map = ordered(key, value);
        map.put(next, other);
        return map;
    }
}

package io.llmnet.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a JSON schema into a grammar (GBNF) that only texts of that schema follow. Ours and not llama.cpp's converter, as
 * that one ends the process over a schema that it cannot read, and a faulty grammar is dropped there without a word.
 *
 * <p>Properties come in the order of the schema. What a grammar cannot say ({@code pattern}, {@code minimum}, ...) is
 * refused when the caller asks for strictness, and else left to the model.
 */
final class JsonGrammar {
    private static final int DEEPEST = 64;
    private static final int MOST_REPEATS = 1000;
    private static final Set<String> BEYOND =
            Set.of(("pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf "
                            + "uniqueItems contains not if patternProperties propertyNames minProperties "
                            + "maxProperties dependentRequired dependentSchemas unevaluatedProperties")
                    .split(" ", -1));
    private final JsonNode root;
    private final String param;
    private final boolean strict;
    private final GrammarRules rules = new GrammarRules();

    private JsonGrammar(JsonNode root, String param, boolean strict) {
        this.root = root;
        this.param = param;
        this.strict = strict;
    }

    /** The grammar of any JSON object. */
    static String ofAnyObject() {
        return "root ::= object\n" + GrammarRules.COMMON;
    }

    /**
     * The grammar of a schema.
     *
     * @param param where in the request the schema is
     * @throws ChatException naming the place in the schema that has no grammar
     */
    static String of(JsonNode schema, String param, boolean strict) {
        JsonGrammar grammar = new JsonGrammar(schema, param, strict);
        String top = grammar.of(schema, "", null, 0);
        grammar.rules.loop().ifPresent(target -> {
            throw grammar.refused(target, "leads back to itself without an end");
        });
        return grammar.rules.text(top);
    }

    /**
     * An expression for the schema.
     *
     * @param open the reference that led here, if no character lies between
     */
    private String of(JsonNode schema, String at, @Nullable String open, int depth) {
        if (depth > DEEPEST) {
            throw refused(at, "is nested too deeply");
        }
        if (schema.isBoolean() && schema.booleanValue()) {
            return "value";
        }
        if (!schema.isObject()) {
            throw refused(at, "must be a schema, that is an object");
        }
        refuseWhatIsBeyond(schema, at);
        if (schema.has("$ref")) {
            return reference(schema.get("$ref").asText(), at, open, depth);
        }
        if (schema.has("const")) {
            return literal(schema.get("const"));
        }
        if (schema.has("enum")) {
            return choice(schema, at);
        }
        for (String key : List.of("anyOf", "oneOf", "allOf")) {
            if (schema.has(key)) {
                return branches(schema.get(key), key, at, open, depth);
            }
        }
        return typed(schema, at, depth);
    }

    private String typed(JsonNode schema, String at, int depth) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            StringJoiner types = new StringJoiner(" | ", "(", ")").setEmptyValue("value");
            type.forEach(one -> types.add(ofType(one.asText(), schema, at, depth)));
            return types.toString();
        }
        if (type.isTextual()) {
            return ofType(type.textValue(), schema, at, depth);
        }
        if (!type.isMissingNode()) {
            throw refused(at + "/type", "must be a string or a list of strings");
        }
        return schema.has("properties")
                ? object(schema, at, depth)
                : schema.has("items") ? list(schema, at, depth) : "value";
    }

    private String ofType(String type, JsonNode schema, String at, int depth) {
        return switch (type) {
            case "object" -> object(schema, at, depth);
            case "array" -> list(schema, at, depth);
            case "string" -> string(schema, at);
            case "integer", "number", "boolean", "null" -> type;
            default -> throw refused(at + "/type", "\"" + type + "\" is no type of JSON");
        };
    }

    private String string(JsonNode schema, String at) {
        if (!schema.has("minLength") && !schema.has("maxLength")) {
            return "string";
        }
        return "\"\\\"\" char" + repeats(schema, "minLength", "maxLength", at) + " \"\\\"\"";
    }

    private String list(JsonNode schema, String at, int depth) {
        if (schema.path("prefixItems").isArray()) {
            List<String> parts = new ArrayList<>();
            int index = 0;
            for (JsonNode item : schema.get("prefixItems")) {
                parts.add(of(item, at + "/prefixItems/" + index++, null, depth + 1));
            }
            return "\"[\" ws " + String.join(" \",\" ws ", parts) + " ws \"]\"";
        }
        if (!schema.has("items") && !schema.has("minItems") && !schema.has("maxItems")) {
            return "array";
        }
        JsonNode items = schema.path("items");
        String item = items.isMissingNode() ? "value" : rule(of(items, at + "/items", null, depth + 1));
        int least = bound(schema, "minItems", 0, at);
        int most = bound(schema, "maxItems", -1, at);
        if (most >= 0 && most < least) {
            throw refused(at + "/maxItems", "is less than minItems");
        }
        if (most == 0) {
            return "\"[\" ws \"]\"";
        }
        String more = "{" + Math.max(0, least - 1) + "," + (most < 0 ? "" : String.valueOf(most - 1)) + "}";
        String filled = item + " (\",\" ws " + item + ")" + more + " ws";
        return "\"[\" ws " + (least == 0 ? "(" + filled + ")?" : filled) + " \"]\"";
    }

    private String object(JsonNode schema, String at, int depth) {
        JsonNode properties = schema.path("properties");
        if (properties.isEmpty()) {
            return map(schema, at, depth);
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        String none = "";
        String more = "";
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            String value = of(properties.get(name), at + "/properties/" + name, null, depth + 1);
            String pair = rule(literal(JsonNodeFactory.instance.textNode(name)) + " \":\" ws " + value);
            boolean needed = required.contains(name);
            none = rule(needed ? pair + " " + more : orElse(pair + " " + more, none));
            more = rule(needed ? "\",\" ws " + pair + " " + more : "(\",\" ws " + pair + ")? " + more);
        }
        return "\"{\" ws " + none + " ws \"}\"";
    }

    /** Never an empty branch at a rule's end: llama.cpp would read on in the next line. */
    private static String orElse(String one, String other) {
        return other.isEmpty() ? "(" + one + ")?" : one + " | " + other;
    }

    private String map(JsonNode schema, String at, int depth) {
        JsonNode others = schema.path("additionalProperties");
        if (others.isBoolean() && !others.booleanValue()) {
            return "\"{\" ws \"}\"";
        }
        if (!others.isObject()) {
            return "object";
        }
        String pair = rule("string \":\" ws " + of(others, at + "/additionalProperties", null, depth + 1));
        return "\"{\" ws (" + pair + " (\",\" ws " + pair + ")* ws)? \"}\"";
    }

    private String reference(String target, String at, @Nullable String open, int depth) {
        if (open != null) {
            rules.leads(open, target);
        }
        String known = rules.known(target);
        if (known != null) {
            return known;
        }
        String name = rules.begin(target);
        rules.put(name, of(resolved(target, at), target, target, depth + 1));
        return name;
    }

    private JsonNode resolved(String target, String at) {
        if (!target.startsWith("#")) {
            throw refused(
                    at + "/$ref",
                    "\"" + target + "\" is outside; only references within the schema (#/$defs/...) can be followed");
        }
        JsonNode found;
        try {
            found = root.at(target.substring(1));
        } catch (IllegalArgumentException e) {
            throw refused(at + "/$ref", "\"" + target + "\" is no path within the schema");
        }
        if (found.isMissingNode()) {
            throw refused(at + "/$ref", "\"" + target + "\" is not in the schema");
        }
        return found;
    }

    private String branches(JsonNode branches, String key, String at, @Nullable String open, int depth) {
        if (!branches.isArray() || branches.isEmpty()) {
            throw refused(at + "/" + key, "must be a list of schemas, one at least");
        }
        if (key.equals("allOf") && branches.size() > 1) {
            throw refused(at + "/allOf", "of several schemas is not supported; write them as one");
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            all.add(of(branches.get(i), at + "/" + key + "/" + i, open, depth + 1));
        }
        return all.size() == 1 ? all.get(0) : "(" + String.join(" | ", all) + ")";
    }

    private String choice(JsonNode schema, String at) {
        JsonNode values = schema.get("enum");
        if (!values.isArray() || values.isEmpty()) {
            throw refused(at + "/enum", "must be a list of values, one at least");
        }
        List<String> all = new ArrayList<>();
        values.forEach(value -> all.add(literal(value)));
        return "(" + String.join(" | ", all) + ")";
    }

    private String repeats(JsonNode schema, String leastKey, String mostKey, String at) {
        int least = bound(schema, leastKey, 0, at);
        int most = bound(schema, mostKey, -1, at);
        if (most >= 0 && most < least) {
            throw refused(at + "/" + mostKey, "is less than " + leastKey);
        }
        return "{" + least + "," + (most < 0 ? "" : String.valueOf(most)) + "}";
    }

    private int bound(JsonNode schema, String key, int absent, String at) {
        JsonNode bound = schema.path(key);
        if (bound.isMissingNode()) {
            return absent;
        }
        if (!bound.isIntegralNumber() || bound.bigIntegerValue().signum() < 0) {
            throw refused(at + "/" + key, "must be a whole number, 0 or more");
        }
        if (!bound.canConvertToInt() || bound.intValue() > MOST_REPEATS) {
            throw refused(at + "/" + key, "is more than the " + MOST_REPEATS + " that can be counted");
        }
        return bound.intValue();
    }

    private void refuseWhatIsBeyond(JsonNode schema, String at) {
        if (strict) {
            String found = BEYOND.stream().filter(schema::has).sorted().collect(Collectors.joining(", "));
            if (!found.isEmpty()) {
                throw refused(
                        at, "uses " + found + ", which cannot be enforced; take it out, or do not ask for strict");
            }
        }
    }

    private String rule(String expression) {
        if (rules.isTooLong()) {
            throw refused("", "is too large");
        }
        return rules.add(expression);
    }

    /** JSON's text of a value, as a literal of the grammar. */
    private static String literal(JsonNode value) {
        return "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private ChatException refused(String at, String why) {
        String place = at.isEmpty() ? "the schema" : at;
        return ChatException.in(param, Fault.BAD_REQUEST, param + ": " + place + " " + why);
    }
}

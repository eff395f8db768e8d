package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A JSON Schema in the subset of OpenAPI's that Gemini takes: references are put in their place, a type that may be null is
 * nullable, a constant is an enum of one, and what Gemini does not know is left out, for it refuses the whole otherwise.
 */
final class GeminiSchema {
    /** How many references may lead from one to the next. */
    private static final int LONGEST_CHAIN = 24;

    /** References in their place may multiply beyond all bounds: what is behind so many schemas is cut. */
    private static final int MOST = 2000;

    private static final List<String> KEPT = List.of(
            "title",
            "description",
            "nullable",
            "required",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minLength",
            "maxLength",
            "pattern",
            "minimum",
            "maximum",
            "default",
            "propertyOrdering");

    private static final Map<String, Set<String>> FORMATS = Map.of(
            "STRING", Set.of("date-time", "enum"),
            "NUMBER", Set.of("float", "double"),
            "INTEGER", Set.of("int32", "int64"));

    private final JsonNode root;

    /** What the one that is being written lies in: a schema that contains itself is cut where it does so again. */
    private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private int written;

    private GeminiSchema(JsonNode root) {
        this.root = root;
    }

    static ObjectNode of(JsonNode schema) {
        return new GeminiSchema(schema).translated(schema);
    }

    private ObjectNode translated(JsonNode asked) {
        JsonNode schema = resolved(asked, 0);
        ObjectNode out = Json.object();
        type(schema, out);
        for (String key : KEPT) {
            if (schema.hasNonNull(key)) {
                out.set(key, schema.get(key));
            }
        }
        format(schema, out);
        choices(schema, out);
        if (++written < MOST && open.add(schema)) {
            nested(schema, out);
            open.remove(schema);
        }
        return out;
    }

    private JsonNode resolved(JsonNode schema, int depth) {
        JsonNode found = schema;
        for (int i = 0; i < LONGEST_CHAIN && found.path("$ref").asText("").startsWith("#/"); i++) {
            found = root.at(found.path("$ref").textValue().substring(1));
        }
        JsonNode all = found.path("allOf");
        return all.size() == 1 && depth < LONGEST_CHAIN ? resolved(all.get(0), depth + 1) : found;
    }

    private static void type(JsonNode schema, ObjectNode out) {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            out.put("type", type.textValue().toUpperCase(Locale.ROOT));
            return;
        }
        for (JsonNode one : type) {
            if (one.asText("").equals("null")) {
                out.put("nullable", true);
            } else if (!out.has("type")) {
                out.put("type", one.asText("").toUpperCase(Locale.ROOT));
            }
        }
        if (!out.has("type") && schema.has("properties")) {
            out.put("type", "OBJECT");
        }
    }

    private static void format(JsonNode schema, ObjectNode out) {
        String format = schema.path("format").asText("");
        if (FORMATS.getOrDefault(out.path("type").asText(""), Set.of()).contains(format)) {
            out.put("format", format);
        }
    }

    /** Gemini chooses among texts only. */
    private static void choices(JsonNode schema, ObjectNode out) {
        ArrayNode choices = Json.object().putArray("enum");
        JsonNode asked =
                schema.has("const") ? Json.object().putArray("enum").add(schema.get("const")) : schema.path("enum");
        for (JsonNode choice : asked) {
            if (choice.isTextual()) {
                choices.add(choice);
            }
        }
        if (!choices.isEmpty()) {
            out.put("type", out.path("type").asText("STRING")).set("enum", choices);
        }
    }

    private void nested(JsonNode schema, ObjectNode out) {
        if (schema.path("properties").isObject() && !schema.path("properties").isEmpty()) {
            ObjectNode properties = out.putObject("properties");
            schema.path("properties")
                    .properties()
                    .forEach(member -> properties.set(member.getKey(), translated(member.getValue())));
        }
        if (schema.path("items").isObject()) {
            out.set("items", translated(schema.path("items")));
        }
        JsonNode any = schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf");
        ArrayNode some = Json.object().putArray("anyOf");
        for (JsonNode one : any) {
            if (one.path("type").asText("").equals("null")) {
                out.put("nullable", true);
            } else {
                some.add(translated(one));
            }
        }
        if (some.size() == 1) {
            out.setAll((ObjectNode) some.get(0));
        } else if (!some.isEmpty()) {
            out.set("anyOf", some);
        }
    }
}

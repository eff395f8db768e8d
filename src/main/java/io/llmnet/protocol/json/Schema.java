package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A JSON Schema of draft 2020-12 for objects, and what it finds wrong with them. Safe from any thread. */
public final class Schema {
    /** More would only confuse the model that is to mend them. */
    private static final int MOST_OBJECTIONS = 5;

    private static final int LONGEST_OBJECTION = 200;

    /** In English wherever we run. */
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_PATH)
            .build();

    private static final JsonSchema OF_SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG);

    /** What a schema refers to is in it: nothing is fetched. */
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));

    private final String text;
    private final JsonSchema schema;
    private final List<String> required;

    private Schema(String text, JsonSchema schema, List<String> required) {
        this.text = text;
        this.schema = schema;
        this.required = List.copyOf(required);
    }

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static Schema parse(String text) {
        try {
            ObjectNode tree = Json.object(text.getBytes(UTF_8), Fault.BAD_REQUEST, "the schema");
            String draft = tree.path("$schema").asText(SchemaId.V202012);
            if (!draft.equals(SchemaId.V202012)) {
                throw new IllegalArgumentException("it is of " + draft + "; write one of " + SchemaId.V202012);
            }
            Set<ValidationMessage> mistakes = OF_SCHEMAS.validate(tree);
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException("it is no JSON Schema: " + told(mistakes));
            }
            JsonSchema schema = FACTORY.getSchema(tree, CONFIG);
            schema.initializeValidators();
            List<String> required = new ArrayList<>();
            tree.path("required").forEach(key -> required.add(key.asText()));
            return new Schema(text, schema, required);
        } catch (ChatException | JsonSchemaException e) {
            throw new IllegalArgumentException(Objects.requireNonNullElse(e.getMessage(), "it cannot be read"), e);
        }
    }

    /** A schema of ours. */
    public static Schema ofResource(String path) {
        try (InputStream file = Schema.class.getResourceAsStream(path)) {
            return parse(new String(Objects.requireNonNull(file, path).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether a value is as it should be. */
    public boolean allows(JsonNode value) {
        return schema.validate(value).isEmpty();
    }

    /** The one object in a model's answer, or what is wrong with it and what is wanted. */
    public Reading<ObjectNode> read(String answer) {
        return ObjectInText.find(answer)
                .then(object -> {
                    Set<ValidationMessage> mistakes = schema.validate(object);
                    return mistakes.isEmpty()
                            ? new Reading.Understood<>(object)
                            : new Reading.Objected<>(told(mistakes));
                })
                .match(Reading.Understood::new, wrong -> new Reading.Objected<>(wrong + "; " + wanted()));
    }

    private String wanted() {
        return required.isEmpty()
                ? "answer with one JSON object and nothing else"
                : "answer with one JSON object and nothing else, with the keys " + String.join(", ", required);
    }

    private static String told(Set<ValidationMessage> mistakes) {
        return mistakes.stream()
                .map(mistake -> Excerpt.of(mistake.getMessage(), LONGEST_OBJECTION))
                .sorted()
                .limit(MOST_OBJECTIONS)
                .collect(Collectors.joining("; "));
    }
}

package io.llmnet.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object in a request: each is what it must be, or the request is refused with the field's name. */
final class Fields {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    static Fields of(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ChatException(Fault.MALFORMED_JSON, "the body is not JSON: " + place(e));
        } catch (IOException e) {
            throw new ChatException(Fault.MALFORMED_JSON, "the body is not JSON in UTF-8");
        }
        if (!(node instanceof ObjectNode)) {
            throw new ChatException(Fault.BAD_REQUEST, "the body must be a JSON object");
        }
        return new Fields(node, "");
    }

    /** The fields of an object inside this one; the name of the object goes before theirs. */
    Fields in(JsonNode inner, String name) {
        if (!inner.isObject()) {
            throw refused(name, "must be an object");
        }
        return new Fields(inner, path(name) + ".");
    }

    /** The field, or null when it is absent or JSON's null. */
    @Nullable
    JsonNode find(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isTextual()) {
            throw refused(name, "must be a string");
        }
        return value == null ? null : whole(value.textValue());
    }

    /** The text without halves of characters, which JSON can hold but UTF-8, and so the model, cannot. */
    static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    boolean flag(String name, boolean absent) {
        JsonNode value = find(name);
        if (value != null && !value.isBoolean()) {
            throw refused(name, "must be true or false");
        }
        return value == null ? absent : value.booleanValue();
    }

    double number(String name, double absent, double least, double most) {
        JsonNode value = find(name);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber()) {
            throw refused(name, "must be a number");
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= most)) {
            throw refused(name, "must be from " + plain(least) + " to " + plain(most) + ", but is " + value.asText());
        }
        return number;
    }

    int whole(String name, int absent, int least, int most) {
        double number = number(name, absent, least, most);
        if (number != Math.rint(number)) {
            throw refused(name, "must be a whole number");
        }
        return (int) number;
    }

    /** The refusal of a field, to be thrown. */
    ChatException refused(String name, String why) {
        return ChatException.in(path(name), Fault.BAD_REQUEST, path(name) + " " + why);
    }

    private String path(String name) {
        return path + name;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "it ends too soon" : "see line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}

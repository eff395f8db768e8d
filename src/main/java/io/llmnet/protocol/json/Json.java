package io.llmnet.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;

/** JSON as a tree, for what must be rebuilt. Numbers keep their digits: 1.0 stays 1.0. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonScanner.MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE) // an image is one string; the door limits bodies
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * Reads an object.
     *
     * @param what the text is, for the message
     * @throws ChatException of {@code fault} when it is not JSON, or no object
     */
    public static ObjectNode object(byte[] text, Fault fault, String what) {
        if (tree(text, fault, what) instanceof ObjectNode object) {
            return object;
        }
        throw new ChatException(fault, what + " is not a JSON object");
    }

    /** Reads any value. */
    public static JsonNode tree(byte[] text, Fault fault, String what) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new ChatException(fault, what + " is not valid JSON", e);
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Texts, numbers, truths, lists and maps as a tree. */
    public static JsonNode of(Object plain) {
        return MAPPER.valueToTree(plain);
    }

    public static byte[] bytes(JsonNode node) {
        return text(node).getBytes(UTF_8);
    }

    /** As text first: half a surrogate pair, which Jackson refuses to write as bytes, becomes a question mark. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}

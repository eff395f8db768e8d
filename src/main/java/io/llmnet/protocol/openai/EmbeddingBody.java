package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of {@code /v1/embeddings}, for our own use; callers' are {@link EmbeddingRequest}s. */
public final class EmbeddingBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EmbeddingBody() {}

    /** The request for the vectors of these texts. */
    public static byte[] request(String model, List<String> texts) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The vectors of an answer, in the order of the texts.
     *
     * @param expected how many there must be
     * @throws ChatException if it does not have them all
     */
    public static List<float[]> vectors(byte[] json, int expected) {
        float[][] vectors = new float[expected][];
        int position = 0;
        for (JsonNode item : tree(json).path("data")) {
            int index = item.path("index").asInt(position++);
            if (index >= 0 && index < expected) {
                vectors[index] = FloatText.of(item.path("embedding"));
            }
        }
        if (Arrays.stream(vectors).anyMatch(vector -> vector == null || vector.length == 0)) {
            throw nonsense(null);
        }
        return List.of(vectors);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw nonsense(e);
        }
    }

    static ChatException nonsense(@Nullable IOException cause) {
        return new ChatException(
                Fault.BACKEND_NONSENSE,
                "the embedding model did not answer with one vector for each text; does it embed?",
                cause);
    }
}

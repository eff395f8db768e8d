package io.llmnet.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import java.util.Optional;

/** What functions bring, as text: a JSON string is what it says, any other JSON is written out, null and nothing are none. */
final class Output {
    /** The most that a function may bring. */
    static final int MOST_BYTES = 1 << 20;

    static final String TOO_LONG = "it brought more than 1 MB";

    private Output() {}

    /** Of JSON; what is none is no output. */
    static Optional<String> ofJson(byte[] text) {
        return tree(text).flatMap(Output::text);
    }

    /** Of JSON or text; blank text is no output. */
    static Optional<String> ofAny(byte[] text) {
        Optional<JsonNode> tree = tree(text);
        if (tree.isPresent()) {
            return text(tree.get());
        }
        String plain = new String(text, UTF_8).stripTrailing();
        return plain.isBlank() ? Optional.empty() : Optional.of(plain);
    }

    private static Optional<JsonNode> tree(byte[] text) {
        try {
            JsonNode tree = Json.tree(text, Fault.BACKEND_NONSENSE, "an output");
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (ChatException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode tree) {
        if (tree.isNull()) {
            return Optional.empty();
        }
        return Optional.of(tree.isTextual() ? tree.textValue() : Json.text(tree));
    }
}

package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** The arguments of a tool call: text in OpenAI's words, objects in those of others. */
public final class ToolArguments {
    private ToolArguments() {}

    /**
     * The object that they are.
     *
     * @throws ChatException BAD_REQUEST naming {@code place} when they are none
     */
    public static ObjectNode object(JsonNode arguments, String place) {
        if (arguments instanceof ObjectNode object) {
            return object;
        }
        String text = arguments.asText("");
        try {
            return text.isBlank() ? Json.object() : Json.object(text.getBytes(UTF_8), Fault.BAD_REQUEST, "it");
        } catch (ChatException e) {
            throw ChatException.in(
                    place, Fault.BAD_REQUEST, "the arguments of a tool call must be an object, written as JSON");
        }
    }
}

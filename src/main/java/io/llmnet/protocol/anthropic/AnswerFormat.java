package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.protocol.json.Json;

/**
 * Holds an answer to JSON. A schema goes into the request where the model takes it there; for older models it becomes the
 * one tool that they must call, whose arguments are the answer. Where there are other tools, or no schema, it is asked for
 * in words, for Anthropic has nothing else.
 */
final class AnswerFormat {
    /** The tool whose arguments are the answer; nobody else's tool is named so. */
    static final String TOOL = "llmnet_json_answer";

    private static final String WORDS = "Answer with one JSON value and nothing else: no prose, no code fence.";

    private final ObjectNode asked;
    private final ObjectNode request;
    private final AnthropicMessages messages;
    private final Claude model;

    AnswerFormat(ObjectNode asked, ObjectNode request, AnthropicMessages messages, Claude model) {
        this.asked = asked;
        this.request = request;
        this.messages = messages;
        this.model = model;
    }

    void write() {
        JsonNode format = asked.path("response_format");
        JsonNode schema = format.path("json_schema").path("schema");
        switch (format.path("type").asText("")) {
            case "json_object" -> messages.instruct(WORDS);
            case "json_schema" -> {
                if (schema instanceof ObjectNode object) {
                    schema(object);
                } else {
                    messages.instruct(WORDS);
                }
            }
            default -> {}
        }
    }

    private void schema(ObjectNode schema) {
        if (model.isAdaptive()) {
            request.withObjectProperty("output_config")
                    .putObject("format")
                    .put("type", "json_schema")
                    .set("schema", closed(schema));
        } else if (request.has("tools") || !schema.path("type").asText("").equals("object")) {
            messages.instruct(WORDS + " It must fit this JSON Schema: " + Json.text(schema));
        } else {
            request.putArray("tools")
                    .addObject()
                    .put("name", TOOL)
                    .put("description", "Gives the answer.")
                    .set("input_schema", schema);
            request.putObject("tool_choice").put("type", "tool").put("name", TOOL);
        }
    }

    /** Anthropic wants every object to say that it has no other members. */
    private static JsonNode closed(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("type").asText("").equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(AnswerFormat::close);
    }
}

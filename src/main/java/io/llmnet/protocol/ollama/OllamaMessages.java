package io.llmnet.protocol.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Attachment;
import io.llmnet.protocol.openai.ToolArguments;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A conversation in Ollama's words: texts are one string, images bare base64, arguments objects, and a tool's result bears
 * the tool's name, which OpenAI's has only by the id of the call.
 */
final class OllamaMessages {
    private final JsonNode messages;
    private final Map<String, String> namesById = new HashMap<>();

    OllamaMessages(JsonNode messages) {
        this.messages = messages;
    }

    ArrayNode all() {
        ArrayNode all = Json.object().putArray("messages");
        for (int i = 0; i < messages.size(); i++) {
            all.add(message(messages.get(i), "messages[" + i + "]"));
        }
        return all;
    }

    private ObjectNode message(JsonNode asked, String place) {
        ObjectNode message = Json.object().put("role", role(asked.path("role").asText("")));
        content(asked.path("content"), message, place + ".content");
        JsonNode thinking =
                asked.path("reasoning_content").isTextual() ? asked.path("reasoning_content") : asked.path("reasoning");
        if (thinking.isTextual()) {
            message.set("thinking", thinking);
        }
        if (!asked.path("tool_calls").isEmpty()) {
            calls(asked.path("tool_calls"), message.putArray("tool_calls"), place + ".tool_calls");
        }
        if (message.path("role").textValue().equals("tool")) {
            result(asked, message);
        }
        return message;
    }

    private static String role(String role) {
        return switch (role) {
            case "developer" -> "system";
            case "function" -> "tool";
            default -> role;
        };
    }

    private static void content(JsonNode content, ObjectNode message, String place) {
        if (!content.isArray()) {
            message.put("content", content.asText(""));
            return;
        }
        StringJoiner text = new StringJoiner("\n");
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            String where = place + "[" + i + "]";
            switch (part.path("type").asText("")) {
                case "text" -> text.add(part.path("text").asText(""));
                case "image_url" -> message.withArrayProperty("images").add(image(part, where));
                default -> throw wrong(where, "Ollama takes parts of type \"text\" and \"image_url\" only");
            }
        }
        message.put("content", text.toString());
    }

    private static String image(JsonNode part, String place) {
        return Attachment.of(part, place)
                .filter(image -> !image.isLink())
                .map(Attachment::value)
                .orElseThrow(() ->
                        wrong(place + ".image_url", "Ollama fetches no images; send it as data:image/png;base64,…"));
    }

    private void calls(JsonNode asked, ArrayNode calls, String place) {
        for (int i = 0; i < asked.size(); i++) {
            JsonNode function = asked.get(i).path("function");
            String id = asked.get(i).path("id").asText("");
            String name = function.path("name").asText("");
            namesById.put(id, name);
            ObjectNode call = calls.addObject();
            if (!id.isEmpty()) {
                call.put("id", id);
            }
            call.putObject("function")
                    .put("name", name)
                    .set(
                            "arguments",
                            ToolArguments.object(function.path("arguments"), place + "[" + i + "].function.arguments"));
        }
    }

    private void result(JsonNode asked, ObjectNode message) {
        String id = asked.path("tool_call_id").asText("");
        String name = asked.path("name").asText(namesById.getOrDefault(id, ""));
        if (!name.isEmpty()) {
            message.put("tool_name", name);
        }
        if (!id.isEmpty()) {
            message.put("tool_call_id", id);
        }
    }

    private static ChatException wrong(String place, String why) {
        return ChatException.in(place, Fault.BAD_REQUEST, why);
    }
}

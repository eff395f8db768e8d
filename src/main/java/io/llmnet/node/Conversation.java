package io.llmnet.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.node.Engine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the messages of a chat into turns of plain text, as the model reads nothing else. */
final class Conversation {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private Conversation() {}

    static List<Turn> read(Fields fields) {
        JsonNode messages = fields.find("messages");
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw fields.refused("messages", "must be a list of messages, one at least");
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            turns.add(turn(fields.in(messages.get(i), "messages[" + i + "]")));
        }
        return turns;
    }

    private static Turn turn(Fields message) {
        String role = message.text("role");
        if (role == null || !ROLES.contains(role)) {
            throw message.refused("role", "must be one of system, user, assistant, tool");
        }
        return new Turn(role.equals("developer") ? "system" : role, content(message));
    }

    /** A turn that only calls tools is told as the JSON of its calls: better than an empty one. */
    private static String content(Fields message) {
        JsonNode content = message.find("content");
        if (content == null) {
            JsonNode calls = message.find("tool_calls");
            return calls == null ? "" : Fields.whole(calls.toString());
        }
        if (content.isTextual()) {
            return Fields.whole(content.textValue());
        }
        if (!content.isArray()) {
            throw message.refused("content", "must be a string or a list of parts");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            text.append(part(message.in(content.get(i), "content[" + i + "]")));
        }
        return text.toString();
    }

    private static String part(Fields part) {
        String type = part.text("type");
        String text = part.text("text");
        if (!"text".equals(type)) {
            throw part.refused("type", "must be \"text\": this model reads nothing else");
        }
        if (text == null) {
            throw part.refused("text", "is missing");
        }
        return text;
    }
}

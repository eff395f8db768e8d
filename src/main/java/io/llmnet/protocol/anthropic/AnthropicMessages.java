package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Attachment;
import io.llmnet.protocol.openai.ToolArguments;
import java.util.regex.Pattern;

/**
 * A conversation in Anthropic's words: what the system says stands apart, user and assistant take turns, and a tool's result
 * is a block of the user's. Blocks without text are left out: Anthropic refuses them.
 */
final class AnthropicMessages {
    private static final Pattern NO_ID = Pattern.compile("[^a-zA-Z0-9_-]");

    private final ArrayNode system = Json.object().putArray("system");
    private final ArrayNode turns = Json.object().putArray("messages");

    AnthropicMessages(JsonNode messages) {
        for (int i = 0; i < messages.size(); i++) {
            add(messages.get(i), "messages[" + i + "]");
        }
        trimPrefill();
    }

    /** Writes what there is of {@code system} and {@code messages}. */
    void write(ObjectNode request) {
        if (turns.isEmpty() && !system.isEmpty()) {
            // Anthropic wants a turn of the user's: let the only thing said be it
            request.putArray("messages").addObject().put("role", "user").set("content", system);
            return;
        }
        if (!system.isEmpty()) {
            request.set("system", system);
        }
        request.set("messages", turns);
    }

    /** Adds to what the system says. */
    void instruct(String text) {
        system.add(Json.object().put("type", "text").put("text", text));
    }

    /** Whether a tool was called since the user last spoke, by an assistant whose thoughts are gone. */
    boolean isInToolLoop() {
        if (turns.isEmpty()) {
            return false;
        }
        for (JsonNode block : turns.get(turns.size() - 1).path("content")) {
            if (block.path("type").asText("").equals("tool_result")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the assistant is to go on with what it has said. */
    boolean isPrefilled() {
        return !turns.isEmpty()
                && turns.get(turns.size() - 1).path("role").asText("").equals("assistant");
    }

    private void add(JsonNode message, String place) {
        String role = message.path("role").asText("");
        switch (role) {
            case "system", "developer" -> system.addAll(blocks(message.path("content"), place + ".content"));
            case "user" -> turn("user", blocks(message.path("content"), place + ".content"));
            case "assistant" -> turn("assistant", said(message, place));
            case "tool" -> turn("user", Json.object().putArray("content").add(result(message, place)));
            default ->
                throw wrong(
                        place + ".role", "Anthropic knows the roles system, developer, user, assistant and tool only");
        }
    }

    /** Puts blocks into the turn that they belong to: Anthropic's turns alternate, and the user's is the first. */
    private void turn(String role, ArrayNode blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        JsonNode last = turns.isEmpty() ? Json.object() : turns.get(turns.size() - 1);
        if (last.path("role").asText("").equals(role)) {
            ((ArrayNode) last.path("content")).addAll(blocks);
            return;
        }
        if (turns.isEmpty() && role.equals("assistant")) {
            turns.addObject().put("role", "user").put("content", ".");
        }
        turns.addObject().put("role", role).set("content", blocks);
    }

    private static ArrayNode blocks(JsonNode content, String place) {
        ArrayNode blocks = Json.object().putArray("content");
        if (!content.isArray()) {
            text(content, content.asText(""), blocks);
            return blocks;
        }
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), place + "[" + i + "]", blocks);
        }
        return blocks;
    }

    private static void part(JsonNode part, String place, ArrayNode blocks) {
        switch (part.path("type").asText("")) {
            case "text" -> text(part, part.path("text").asText(""), blocks);
            case "refusal" -> text(part, part.path("refusal").asText(""), blocks);
            default -> {
                Attachment attachment = Attachment.of(part, place)
                        .orElseThrow(() -> wrong(
                                place, "Anthropic takes parts of type \"text\", \"image_url\" and \"file\" only"));
                blocks.add(marked(part, attached(attachment)));
            }
        }
    }

    private static void text(JsonNode part, String text, ArrayNode blocks) {
        if (!text.isBlank()) {
            blocks.add(marked(part, Json.object().put("type", "text").put("text", text)));
        }
    }

    private static ObjectNode attached(Attachment attachment) {
        boolean isDocument = attachment.mediaType().equals("application/pdf")
                || (attachment.isLink() && attachment.value().endsWith(".pdf"));
        ObjectNode block = Json.object().put("type", isDocument ? "document" : "image");
        ObjectNode source = block.putObject("source");
        if (attachment.isLink()) {
            source.put("type", "url").put("url", attachment.value());
        } else {
            String type = attachment.mediaType().equals("image/jpg") ? "image/jpeg" : attachment.mediaType();
            source.put("type", "base64").put("media_type", type).put("data", attachment.value());
        }
        return block;
    }

    /** Callers who know Anthropic mark what it shall cache. */
    private static ObjectNode marked(JsonNode part, ObjectNode block) {
        if (part.path("cache_control").isObject()) {
            block.set("cache_control", part.path("cache_control"));
        }
        return block;
    }

    private static ArrayNode said(JsonNode message, String place) {
        ArrayNode blocks = blocks(message.path("content"), place + ".content");
        JsonNode calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            JsonNode function = calls.get(i).path("function");
            String where = place + ".tool_calls[" + i + "].function.arguments";
            blocks.addObject()
                    .put("type", "tool_use")
                    .put("id", id(calls.get(i).path("id").asText("")))
                    .put("name", function.path("name").asText(""))
                    .set("input", ToolArguments.object(function.path("arguments"), where));
        }
        return blocks;
    }

    private static ObjectNode result(JsonNode message, String place) {
        ObjectNode block = Json.object().put("type", "tool_result");
        block.put("tool_use_id", id(message.path("tool_call_id").asText("")));
        ArrayNode content = blocks(message.path("content"), place + ".content");
        if (!content.isEmpty()) {
            block.set("content", content);
        }
        return marked(message, block);
    }

    private static String id(String id) {
        return NO_ID.matcher(id).replaceAll("_");
    }

    /** Anthropic refuses white space at the end of what the assistant is to go on with. */
    private void trimPrefill() {
        if (!isPrefilled()) {
            return;
        }
        JsonNode content = turns.get(turns.size() - 1).path("content");
        JsonNode last = content.path(content.size() - 1);
        if (last instanceof ObjectNode text && text.path("text").isTextual()) {
            text.put("text", text.path("text").textValue().stripTrailing());
        }
    }

    private static ChatException wrong(String place, String why) {
        return ChatException.in(place, Fault.BAD_REQUEST, why);
    }
}

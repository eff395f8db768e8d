package io.llmnet.protocol.google;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.TreeMap;

/**
 * A conversation in Gemini's words: what the system says stands apart, user and model take turns, and the results of calls
 * are parts of the user's, in the order of the calls, for Gemini tells them apart by name and order only.
 */
final class GeminiContents {
    /** A call that was made: what was called, and as which of all. */
    private record Made(String name, int order) {}

    private final boolean isSigned;
    private final ArrayNode system = Json.object().putArray("parts");
    private final ArrayNode turns = Json.object().putArray("contents");
    private final Map<String, Made> calls = new HashMap<>();
    private final TreeMap<Integer, ArrayNode> results = new TreeMap<>();

    /** @param isSigned whether the model wants each call to bear the signature of the thoughts that led to it */
    GeminiContents(JsonNode messages, boolean isSigned) {
        this.isSigned = isSigned;
        for (int i = 0; i < messages.size(); i++) {
            add(messages.get(i), "messages[" + i + "]");
        }
        settle();
    }

    /** Writes what there is of {@code systemInstruction} and {@code contents}. */
    void write(ObjectNode request) {
        if (turns.isEmpty() && !system.isEmpty()) {
            // Gemini wants a turn of the user's: let the only thing said be it
            request.putArray("contents").addObject().put("role", "user").set("parts", system);
            return;
        }
        if (!system.isEmpty()) {
            request.putObject("systemInstruction").set("parts", system);
        }
        request.set("contents", turns);
    }

    private void add(JsonNode message, String place) {
        String role = message.path("role").asText("");
        if (role.equals("tool")) {
            result(message, place);
            return;
        }
        settle();
        switch (role) {
            case "system", "developer" -> system.addAll(parts(message.path("content"), place + ".content"));
            case "user" -> turn("user", parts(message.path("content"), place + ".content"));
            case "assistant" -> turn("model", said(message, place));
            default ->
                throw wrong(place + ".role", "Gemini knows the roles system, developer, user, assistant and tool only");
        }
    }

    private void turn(String role, ArrayNode parts) {
        if (parts.isEmpty()) {
            return;
        }
        JsonNode last = turns.isEmpty() ? Json.object() : turns.get(turns.size() - 1);
        if (last.path("role").asText("").equals(role)) {
            ((ArrayNode) last.path("parts")).addAll(parts);
        } else {
            turns.addObject().put("role", role).set("parts", parts);
        }
    }

    private static ArrayNode parts(JsonNode content, String place) {
        ArrayNode parts = Json.object().putArray("parts");
        if (!content.isArray()) {
            text(content.asText(""), parts);
            return parts;
        }
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), place + "[" + i + "]", parts);
        }
        return parts;
    }

    private static void part(JsonNode part, String place, ArrayNode parts) {
        switch (part.path("type").asText("")) {
            case "text" -> text(part.path("text").asText(""), parts);
            case "refusal" -> text(part.path("refusal").asText(""), parts);
            case "input_audio" -> {
                JsonNode audio = part.path("input_audio");
                inline(
                        "audio/" + audio.path("format").asText("wav"),
                        audio.path("data").asText(""),
                        parts);
            }
            default -> {
                Attachment attachment = Attachment.of(part, place)
                        .orElseThrow(
                                () -> wrong(
                                        place,
                                        "Gemini takes parts of type \"text\", \"image_url\", \"file\" and \"input_audio\" only"));
                if (attachment.isLink()) {
                    parts.addObject()
                            .putObject("fileData")
                            .put("mimeType", MediaTypes.ofLink(attachment.value()))
                            .put("fileUri", attachment.value());
                } else {
                    inline(attachment.mediaType(), attachment.value(), parts);
                }
            }
        }
    }

    private static void text(String text, ArrayNode parts) {
        if (!text.isEmpty()) {
            parts.addObject().put("text", text);
        }
    }

    private static void inline(String type, String base64, ArrayNode parts) {
        parts.addObject().putObject("inlineData").put("mimeType", type).put("data", base64);
    }

    private ArrayNode said(JsonNode message, String place) {
        ArrayNode parts = parts(message.path("content"), place + ".content");
        JsonNode asked = message.path("tool_calls");
        for (int i = 0; i < asked.size(); i++) {
            JsonNode function = asked.get(i).path("function");
            String name = function.path("name").asText("");
            calls.put(asked.get(i).path("id").asText(""), new Made(name, calls.size()));
            ObjectNode part = parts.addObject();
            part.putObject("functionCall")
                    .put("name", name)
                    .set(
                            "args",
                            ToolArguments.object(
                                    function.path("arguments"), place + ".tool_calls[" + i + "].function.arguments"));
            String signature =
                    asked.get(i).at("/extra_content/google/thought_signature").asText("");
            if (!signature.isEmpty()) {
                part.put("thoughtSignature", signature);
            } else if (isSigned && i == 0) {
                part.put("thoughtSignature", "skip_thought_signature_validator"); // Google's word for calls of others
            }
        }
        return parts;
    }

    private void result(JsonNode message, String place) {
        Made call = calls.get(message.path("tool_call_id").asText(""));
        String name = call == null ? message.path("name").asText("") : call.name();
        if (name.isEmpty()) {
            throw wrong(place + ".tool_call_id", "no assistant's message before has a tool call of this id");
        }
        ArrayNode parts = Json.object().putArray("parts");
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts(message.path("content"), place + ".content")) {
            if (part.has("text")) {
                text.append(text.length() == 0 ? "" : "\n")
                        .append(part.path("text").textValue());
            } else {
                parts.add(part);
            }
        }
        ObjectNode response = Json.object();
        response.putObject("functionResponse").put("name", name).set("response", response(text.toString()));
        parts.insert(0, response);
        int order = call == null ? Integer.MAX_VALUE : call.order();
        results.computeIfAbsent(order, o -> Json.object().putArray("parts")).addAll(parts);
    }

    /** Gemini wants an object: what is one already is left alone. */
    private static ObjectNode response(String text) {
        if (text.startsWith("{")) {
            try {
                return Json.object(text.getBytes(UTF_8), Fault.BAD_REQUEST, "it");
            } catch (ChatException e) {
                return Json.object().put("result", text);
            }
        }
        return Json.object().put("result", text);
    }

    /** The results of all calls of one turn are here. */
    private void settle() {
        results.values().forEach(parts -> turn("user", parts));
        results.clear();
    }

    private static ChatException wrong(String place, String why) {
        return ChatException.in(place, Fault.BAD_REQUEST, why);
    }
}

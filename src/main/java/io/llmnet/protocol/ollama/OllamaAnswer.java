package io.llmnet.protocol.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** What Ollama says, in OpenAI's words; made for one answer. */
final class OllamaAnswer {
    private final String id;
    private final long createdSeconds;
    private int calls;

    OllamaAnswer(String id, long createdSeconds) {
        this.id = id;
        this.createdSeconds = createdSeconds;
    }

    byte[] whole(byte[] json) {
        ObjectNode said = read(json);
        ObjectNode message = message(said, false);
        if (!message.has("content")) {
            message.putNull("content");
        }
        message.put("role", "assistant");
        ObjectNode answer = shell("chat.completion", said);
        choice(answer, "message", message, said).put("finish_reason", finishReason(said));
        answer.set("usage", usage(said));
        return Json.bytes(answer);
    }

    /** One line or a whole answer, read. */
    ObjectNode read(byte[] json) {
        ObjectNode said = Json.object(json, Fault.BACKEND_NONSENSE, "Ollama's answer");
        if (said.hasNonNull("error")) {
            throw new ChatException(
                    Fault.BACKEND_FAILED, "Ollama failed: " + said.path("error").asText("no reason given"));
        }
        if (!said.path("message").isObject() && !said.path("done").asBoolean()) {
            throw new ChatException(Fault.BACKEND_NONSENSE, "Ollama's answer has no message; is this its /api/chat?");
        }
        return said;
    }

    /** The piece of a message that a line brings; empty if it brings none. */
    ObjectNode message(ObjectNode said, boolean isStream) {
        JsonNode theirs = said.path("message");
        ObjectNode message = Json.object();
        text(theirs.path("thinking"), "reasoning_content", message);
        text(theirs.path("content"), "content", message);
        if (!theirs.path("tool_calls").isEmpty()) {
            ArrayNode all = message.putArray("tool_calls");
            theirs.path("tool_calls").forEach(call -> all.add(call(call, isStream)));
        }
        return message;
    }

    ObjectNode chunk(ObjectNode said) {
        return shell("chat.completion.chunk", said);
    }

    /** Adds the one choice that there is to an answer or chunk. */
    static ObjectNode choice(ObjectNode answer, String key, ObjectNode message, ObjectNode said) {
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.set(key, message);
        if (!said.path("logprobs").isEmpty()) {
            choice.putObject("logprobs").set("content", said.path("logprobs"));
        }
        return choice.putNull("finish_reason");
    }

    /** Ollama says {@code stop} for calls too (CONFORMANCE 15). */
    String finishReason(ObjectNode said) {
        if (said.path("done_reason").asText("").equals("length")) {
            return "length";
        }
        return calls > 0 ? "tool_calls" : "stop";
    }

    static ObjectNode usage(ObjectNode said) {
        long prompt = Math.max(0, said.path("prompt_eval_count").asLong());
        long completion = Math.max(0, said.path("eval_count").asLong());
        return Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }

    private ObjectNode shell(String object, ObjectNode said) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", said.path("model").asText(""));
    }

    private ObjectNode call(JsonNode theirs, boolean isStream) {
        JsonNode function = theirs.path("function");
        JsonNode arguments = function.path("arguments");
        ObjectNode call = Json.object();
        if (isStream) {
            call.put("index", calls);
        }
        call.put("id", theirs.path("id").asText("call_" + id + "_" + calls));
        call.put("type", "function");
        call.putObject("function")
                .put("name", function.path("name").asText(""))
                .put("arguments", arguments.isObject() ? Json.text(arguments) : arguments.asText("{}"));
        calls++;
        return call;
    }

    private static void text(JsonNode text, String key, ObjectNode message) {
        if (text.isTextual() && !text.textValue().isEmpty()) {
            message.set(key, text);
        }
    }
}

package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** Requests that say something more than the one that they are made of. */
public final class Continued {
    private Continued() {}

    /**
     * The conversation after one more turn.
     *
     * @param answer what the model said
     * @param next what it is told then
     */
    public static byte[] by(byte[] request, String answer, String next) {
        ObjectNode body = object(request);
        if (!(body.get("messages") instanceof ArrayNode messages)) {
            throw ChatException.in("messages", Fault.BAD_REQUEST, "\"messages\" must be an array of objects");
        }
        messages.addObject().put("role", "assistant").put("content", answer);
        messages.addObject().put("role", "user").put("content", next);
        return Json.bytes(body);
    }

    /** The same, told how likely each token was; as it is where that was asked for anyway. */
    public static byte[] withLogprobs(byte[] request) {
        ObjectNode body = object(request);
        if (body.path("logprobs").asBoolean()) {
            return request;
        }
        return Json.bytes(body.put("logprobs", true));
    }

    /** The answer without what {@link #withLogprobs} has added to it. */
    public static byte[] withoutLogprobs(byte[] completion) {
        ObjectNode body = Json.object(completion, Fault.BACKEND_NONSENSE, "the backend's answer");
        body.path("choices").forEach(choice -> {
            if (choice instanceof ObjectNode one) {
                one.remove("logprobs");
            }
        });
        return Json.bytes(body);
    }

    private static ObjectNode object(byte[] request) {
        return Json.object(request, Fault.MALFORMED_JSON, "the request's body");
    }
}

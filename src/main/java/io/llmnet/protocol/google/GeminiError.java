package io.llmnet.protocol.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Refusal;

/** Google's errors, {@code {"error":{"code","message","status"}}}, in OpenAI's shape. */
final class GeminiError {
    private GeminiError() {}

    static Refusal of(int status, byte[] body, String backend) {
        JsonNode read = tree(body);
        JsonNode tree = read.isArray() ? read.path(0) : read; // a stream without its alt=sse is an array
        JsonNode error = tree.path("error");
        boolean isTheirs =
                error.path("message").isTextual() && error.path("status").isTextual();
        if (!isTheirs) {
            return new Refusal(status, ErrorBody.wrap(status, body, backend));
        }
        // a wrong key is told as the caller's mistake, which it is not
        int told = status == 400 && isAboutTheKey(error) ? 401 : status;
        return new Refusal(told, ErrorBody.saying(told, message(tree), backend));
    }

    static String message(JsonNode tree) {
        return tree.path("error").path("message").asText("no reason given");
    }

    private static boolean isAboutTheKey(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            if (detail.path("reason").asText("").startsWith("API_KEY")) {
                return true;
            }
        }
        return error.path("message").asText("").startsWith("API key");
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, Fault.BACKEND_NONSENSE, "an error");
        } catch (ChatException e) {
            return MissingNode.getInstance();
        }
    }
}

package io.llmnet.protocol.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Refusal;
import java.util.Locale;

/** Anthropic's errors, {@code {"type":"error","error":{"type","message"}}}, in OpenAI's shape. */
final class AnthropicError {
    private AnthropicError() {}

    static Refusal of(int status, byte[] body, String backend) {
        JsonNode tree = tree(body);
        JsonNode message = tree.path("error").path("message");
        boolean isTheirs = tree.path("type").asText("").equals("error") && message.isTextual();
        if (!isTheirs) {
            return new Refusal(status, ErrorBody.wrap(status, body, backend));
        }
        String text = message.textValue();
        // an account without money is told as the caller's mistake, which it is not: another server may well answer
        int told = status == 400 && text.toLowerCase(Locale.ROOT).contains("credit balance") ? 429 : status;
        return new Refusal(told, ErrorBody.saying(told, text, backend));
    }

    /** The status that an error in a stream would have had, had it come in time. */
    static int status(String type) {
        return switch (type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "api_error" -> 500;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 502;
        };
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body, Fault.BACKEND_NONSENSE, "an error");
        } catch (ChatException e) {
            return MissingNode.getInstance();
        }
    }
}

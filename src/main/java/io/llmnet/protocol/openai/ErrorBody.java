package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Errors in OpenAI's shape, {@code {"error":{"message","type","param","code"}}} (CONFORMANCE 4, 5). */
public final class ErrorBody {
    private ErrorBody() {}

    public static byte[] of(ChatException e) {
        return body(e.text(), e.fault().type(), e.param(), e.fault().code());
    }

    /** The error as the last event of a stream that has already begun. */
    public static byte[] event(ChatException e) {
        return new Splice(256).text("data: ").raw(of(e)).text("\n\n").bytes();
    }

    /**
     * A backend's error as the caller gets it: untouched if it is OpenAI's already, else its message in OpenAI's shape.
     * A too long prompt gets the code {@code context_length_exceeded} in either case (CONFORMANCE 22).
     *
     * @param backend the name that our message calls it by
     */
    public static byte[] wrap(int status, byte[] backendBody, String backend) {
        return new BackendError(status, backendBody, backend).body();
    }

    static byte[] body(String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode error = Json.object();
        error.put("message", message).put("type", type).put("param", param).put("code", code);
        ObjectNode body = Json.object();
        body.set("error", error);
        return Json.bytes(body);
    }
}

package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Errors in OpenAI's shape, {@code {"error":{"message","type","param","code"}}} (CONFORMANCE 4, 5). */
public final class ErrorBody {
    private ErrorBody() {}

    /** An error of ours; its context stands within the error and beside it, for clients look at either place. */
    public static byte[] of(ChatException e) {
        byte[] plain = body(e.text(), e.fault().type(), e.param(), e.fault().code());
        if (e.details().context().isEmpty()) {
            return plain;
        }
        ObjectNode body = Json.object(plain, Fault.INTERNAL, "an error");
        if (body.get("error") instanceof ObjectNode error) {
            error.set("context", Json.of(e.details().context()));
        }
        body.set("context", Json.of(e.details().context()));
        return Json.bytes(body);
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

    /** What a backend's error says, in a line. */
    public static String message(byte[] backendBody, String backend) {
        return new BackendError(Fault.BACKEND_FAILED.status(), backendBody, backend).message();
    }

    /** A backend's error of which only the message is in words that we know. */
    public static byte[] saying(int status, String message, String backend) {
        return wrap(status, Json.bytes(Json.object().put("message", message)), backend);
    }

    /** The same as the first event of a stream, whose status line has said that all is well: it bears its status itself. */
    public static byte[] inStream(int status, String message, String backend) {
        ObjectNode body = Json.object(saying(status, message, backend), Fault.INTERNAL, "our error");
        body.withObjectProperty("error").put("status", status);
        return Json.bytes(body);
    }

    static byte[] body(String message, String type, @Nullable String param, @Nullable String code) {
        ObjectNode error = Json.object();
        error.put("message", message).put("type", type).put("param", param).put("code", code);
        ObjectNode body = Json.object();
        body.set("error", error);
        return Json.bytes(body);
    }
}

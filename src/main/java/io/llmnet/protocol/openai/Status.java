package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;

/** The HTTP status of an error that came as a stream's first event, where the status line had said that all is well. */
public final class Status {
    private Status() {}

    /** What the error says of itself in {@code code} or {@code status}, as some servers do; else 502. */
    public static int of(byte[] error) {
        try {
            JsonNode told = Json.tree(error, Fault.BACKEND_NONSENSE, "an error").path("error");
            int code = told.path("code").asInt(told.path("status").asInt());
            return code >= 400 && code < 600 ? code : Fault.BACKEND_FAILED.status();
        } catch (ChatException e) {
            return Fault.BACKEND_FAILED.status();
        }
    }
}

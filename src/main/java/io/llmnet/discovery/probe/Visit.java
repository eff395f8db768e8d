package io.llmnet.discovery.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.vertx.core.MultiMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to one request.
 *
 * @param took from asking to the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Visit(int status, MultiMap headers, byte[] body, Duration took) {
    boolean isWell() {
        return status >= 200 && status < 300;
    }

    /** The page as JSON; null when it is none. */
    @Nullable
    JsonNode json() {
        try {
            return Json.tree(body, Fault.BACKEND_NONSENSE, "the page");
        } catch (ChatException notJson) {
            return null;
        }
    }
}

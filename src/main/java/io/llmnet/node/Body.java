package io.llmnet.node;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body, up to a limit. */
final class Body {
    static final int LIMIT = 20 * 1024 * 1024;

    private Body() {}

    /** The whole body; fails with a ChatException as soon as it is too large. On the event loop. */
    static Future<byte[]> of(HttpServerRequest request) {
        Promise<byte[]> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        request.handler(chunk -> {
            if (read.length() + chunk.length() > LIMIT) {
                request.handler(rest -> {});
                whole.tryFail(tooLarge());
            } else {
                read.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(v -> whole.tryComplete(read.getBytes()));
        if (announced(request) > LIMIT) {
            request.handler(rest -> {});
            whole.tryFail(tooLarge());
        }
        return whole.future();
    }

    private static long announced(HttpServerRequest request) {
        try {
            String length = request.getHeader("Content-Length");
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static ChatException tooLarge() {
        return new ChatException(
                Fault.BODY_TOO_LARGE, "the body is larger than " + LIMIT / 1024 / 1024 + " MiB, the most that is read");
    }
}

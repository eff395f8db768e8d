package io.llmnet.protocol.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** A body that is worth nothing before it is whole. */
final class Gathered {
    private static final int LIMIT_BYTES = 64 * 1024 * 1024;

    private final Asking asking;
    private final HttpClientResponse response;
    private final String contentType;
    private final Patience patience;
    private final Buffer more = Buffer.buffer(0);
    private @Nullable Buffer first;
    private boolean refused;

    Gathered(Asking asking, HttpClientResponse response, String contentType, Patience patience) {
        this.asking = asking;
        this.response = response;
        this.contentType = contentType;
        this.patience = patience;
    }

    void collect() {
        response.exceptionHandler(cause -> asking.failed(new ChatException(
                Fault.BACKEND_FAILED,
                "model server " + asking.backend() + " broke off its answer: " + Reasons.of(cause),
                cause)));
        response.endHandler(nothing -> asking.whole(response, contentType, all()));
        response.handler(this::chunk);
    }

    private void chunk(Buffer chunk) {
        if (refused) {
            return;
        }
        patience.heard();
        if (first == null) {
            first = chunk;
        } else {
            more.appendBuffer(chunk);
        }
        if (first.length() + more.length() > LIMIT_BYTES) {
            refused = true;
            asking.failed(new ChatException(
                    Fault.BACKEND_NONSENSE, "model server " + asking.backend() + " sent more than 64 MiB"));
        }
    }

    /** Most answers are one chunk: it is copied once. */
    private byte[] all() {
        if (first == null) {
            return new byte[0];
        }
        return more.length() == 0
                ? first.getBytes()
                : Buffer.buffer(first.length() + more.length())
                        .appendBuffer(first)
                        .appendBuffer(more)
                        .getBytes();
    }
}

package io.llmnet.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a request's body up to a limit, and refuses it as early as it is known to be over. */
public final class Body {
    private final HttpServerRequest request;
    private final long limitBytes;
    private final Consumer<byte[]> whole;
    private final Consumer<ChatException> refused;
    private final Buffer more = Buffer.buffer(0);
    private @Nullable Buffer first;
    private boolean over;

    private Body(HttpServerRequest request, long limitBytes, Consumer<byte[]> whole, Consumer<ChatException> refused) {
        this.request = request;
        this.limitBytes = limitBytes;
        this.whole = whole;
        this.refused = refused;
    }

    /** Hands on the whole body, or why it is refused; neither where the connection breaks. */
    public static void read(
            HttpServerRequest request, long limitBytes, Consumer<byte[]> whole, Consumer<ChatException> refused) {
        new Body(request, limitBytes, whole, refused).start();
    }

    private void start() {
        request.exceptionHandler(cause -> over = true);
        request.handler(this::chunk);
        request.endHandler(nothing -> end());
        if (announced() > limitBytes) {
            refuse();
        }
    }

    private void chunk(Buffer chunk) {
        if (over) {
            return;
        }
        if (first == null) {
            first = chunk;
        } else {
            more.appendBuffer(chunk);
        }
        if (first.length() + more.length() > limitBytes) {
            refuse();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            whole.accept(all());
        }
    }

    /** Most requests are one chunk: it is copied once. */
    private byte[] all() {
        if (first == null) {
            return new byte[0];
        }
        if (more.length() == 0) {
            return first.getBytes();
        }
        return Buffer.buffer(first.length() + more.length())
                .appendBuffer(first)
                .appendBuffer(more)
                .getBytes();
    }

    private void refuse() {
        over = true;
        refused.accept(
                new ChatException(Fault.BODY_TOO_LARGE, "the request's body is larger than " + size() + "; send less"));
    }

    private String size() {
        long mebibytes = limitBytes / (1024 * 1024);
        return mebibytes > 0 ? mebibytes + " MiB" : limitBytes + " bytes";
    }

    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

package io.llmnet.node;

import io.llmnet.chat.Cancel;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The way out to one caller. Written to by the thread that generates, it writes on the event loop, and makes the writer
 * wait while the caller reads too slowly; a caller who reads nothing for a minute counts as gone.
 */
final class Outlet {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Buffer PING = Buffer.buffer(": ping\n\n".getBytes(StandardCharsets.UTF_8));

    private final Context context;
    private final HttpServerResponse response;
    private final Cancel gone = new Cancel();
    private boolean begun;
    private long lastNanos = System.nanoTime();

    /** Made on the event loop of {@code response}. */
    Outlet(Context context, HttpServerResponse response) {
        this.context = context;
        this.response = response;
        response.exceptionHandler(e -> gone.cancel());
        response.closeHandler(v -> gone.cancel());
    }

    /** Runs on the event loop when the caller goes before the end. */
    void onGone(Runnable listener) {
        gone.onCancel(listener);
    }

    boolean isGone() {
        return gone.isCancelled();
    }

    /** Nobody will read the rest: stop. */
    void abandon() {
        context.runOnContext(v -> {
            gone.cancel();
            if (!response.ended() && !response.closed()) {
                response.reset();
            }
        });
    }

    /** One event of a stream; the first one opens the stream. */
    void event(byte[] event) {
        lastNanos = System.nanoTime();
        write(Buffer.buffer(event));
    }

    /** Says that we are still here, if nothing was said for a while: proxies cut silent streams. */
    void keepAlive() {
        if (System.nanoTime() - lastNanos > SILENCE.toNanos()) {
            lastNanos = System.nanoTime();
            write(PING);
        }
    }

    void endEvents() {
        context.runOnContext(v -> unlessOver(HttpServerResponse::end));
    }

    void whole(byte[] body) {
        context.runOnContext(v -> unlessOver(open -> json(open, 200, body)));
    }

    /** A plain error while nothing was sent; else the stream's last event, and no end as if all were well. */
    void fail(ChatException why) {
        if (begun) {
            write(Buffer.buffer(Shape.failureEvent(why)));
            endEvents();
        } else {
            context.runOnContext(v -> unlessOver(open -> failed(open, why)));
        }
    }

    /** Answers with an error; on the event loop. */
    static void failed(HttpServerResponse response, ChatException why) {
        if (why.fault() == Fault.BUSY && !response.headers().contains("Retry-After")) {
            response.putHeader("Retry-After", "1");
        }
        json(response, why.fault().status(), Shape.failure(why));
    }

    /** Answers with JSON; on the event loop. */
    static void json(HttpServerResponse response, int status, byte[] body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(body));
    }

    private void write(Buffer bytes) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        boolean first = !begun;
        begun = true;
        context.runOnContext(v -> {
            unlessOver(open -> {
                if (first) {
                    stream(open);
                }
                open.write(bytes);
            });
            if (response.closed() || !response.writeQueueFull()) {
                taken.complete(null);
            } else {
                response.drainHandler(drained -> taken.complete(null));
            }
        });
        await(taken);
    }

    private void await(CompletableFuture<Void> taken) {
        Cancel.Listening leaving = gone.onCancel(() -> taken.complete(null));
        try {
            taken.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon();
            gone.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gone.cancel();
        } catch (ExecutionException e) {
            throw new IllegalStateException("this never fails", e);
        } finally {
            leaving.close();
        }
    }

    private static void stream(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
    }

    private void unlessOver(Consumer<HttpServerResponse> act) {
        if (!response.ended() && !response.closed()) {
            act.accept(response);
        }
    }
}

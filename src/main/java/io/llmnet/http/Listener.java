package io.llmnet.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client that listens over a WebSocket. One that does not keep up is let go, so that it cannot fill the memory.
 *
 * @param <T> what it wants to hear of
 */
final class Listener<T> {
    static final short GOING_AWAY = 1001;
    private static final short TRY_AGAIN_LATER = 1013;
    /** Characters on their way to a client. */
    private static final long MOST_PENDING = 1 << 20;

    private final Vertx vertx;
    private final Context home;
    private final ServerWebSocket socket;
    private final T wants;
    private final long pingMillis;
    private final AtomicLong pending = new AtomicLong();
    private boolean isAnswered = true;

    /** A client on its own event loop. */
    Listener(Vertx vertx, ServerWebSocket socket, T wants, long pingMillis) {
        this.vertx = vertx;
        this.home = vertx.getOrCreateContext();
        this.socket = socket;
        this.wants = wants;
        this.pingMillis = pingMillis;
    }

    T wants() {
        return wants;
    }

    /** Looks for signs of life from now on; tells when it is over. To be called on its event loop. */
    void live(Runnable over) {
        long pings = vertx.setPeriodic(pingMillis, id -> ping());
        socket.handler(nothing -> {});
        socket.exceptionHandler(nothing -> {});
        socket.pongHandler(pong -> isAnswered = true);
        socket.closeHandler(nothing -> {
            vertx.cancelTimer(pings);
            over.run();
        });
    }

    /** Tells it a text; from any thread. */
    void tell(String text) {
        if (pending.addAndGet(text.length()) > MOST_PENDING) {
            close(TRY_AGAIN_LATER, "too slow; come again");
            return;
        }
        home.runOnContext(nothing -> {
            if (!socket.isClosed()) {
                socket.writeTextMessage(text).onComplete(sent -> pending.addAndGet(-text.length()));
            }
        });
    }

    /** Lets it go; one that does not take its leave is cut off by the server's closing timeout. */
    void close(short code, String reason) {
        home.runOnContext(nothing -> {
            if (!socket.isClosed()) {
                socket.close(code, reason);
            }
        });
    }

    private void ping() {
        if (!isAnswered) {
            close(GOING_AWAY, "no sign of life");
            return;
        }
        isAnswered = false;
        socket.writePing(Buffer.buffer());
    }
}

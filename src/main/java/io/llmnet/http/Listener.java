package io.llmnet.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One client that listens to alerts. One that does not keep up is let go, so that it cannot fill the memory. */
final class Listener {
    static final short GOING_AWAY = 1001;
    private static final short TRY_AGAIN_LATER = 1013;
    /** Characters on their way to a client. */
    private static final long MOST_PENDING = 1 << 20;

    private final Vertx vertx;
    private final Context home;
    private final ServerWebSocket socket;
    private final String pipeline;
    private final @Nullable String alert;
    private final long pingMillis;
    private final AtomicLong pending = new AtomicLong();
    private boolean isAnswered = true;

    /**
     * A client on its own event loop.
     *
     * @param alert the only one that it wants to hear of; null for all of its pipeline
     */
    Listener(Vertx vertx, ServerWebSocket socket, String pipeline, @Nullable String alert, long pingMillis) {
        this.vertx = vertx;
        this.home = vertx.getOrCreateContext();
        this.socket = socket;
        this.pipeline = pipeline;
        this.alert = alert;
        this.pingMillis = pingMillis;
    }

    String pipeline() {
        return pipeline;
    }

    boolean hears(String itsPipeline, String itsAlert) {
        return pipeline.equals(itsPipeline) && (alert == null || alert.equals(itsAlert));
    }

    boolean isServed(Set<String> alerts) {
        return alert == null ? !alerts.isEmpty() : alerts.contains(alert);
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

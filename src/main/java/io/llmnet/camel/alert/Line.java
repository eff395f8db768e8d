package io.llmnet.camel.alert;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connection to one WebSocket server: opened when needed, kept while it lives. For one event loop. */
final class Line {
    private final Vertx vertx;
    private final URI url;
    private final Pace pace;
    private @Nullable WebSocketClient client;
    private @Nullable WebSocket socket;
    private long pings = -1;
    private boolean isAnswered;

    Line(Vertx vertx, URI url, Pace pace) {
        this.vertx = vertx;
        this.url = url;
        this.pace = pace;
    }

    /** The server, without what may be a secret. */
    String name() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Opens it unless it is open; fails within the time for connecting. */
    Future<WebSocket> open() {
        if (isOpen() && socket != null) {
            return Future.succeededFuture(socket);
        }
        cut();
        WebSocketClient connecting = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout((int) pace.connect().toMillis()));
        client = connecting;
        return connecting.connect(target()).onSuccess(late -> opened(connecting, late));
    }

    boolean isOpen() {
        return socket != null && !socket.isClosed();
    }

    /** The open socket; null when there is none. */
    @Nullable
    WebSocket socket() {
        return isOpen() ? socket : null;
    }

    /** Cuts it off, whatever the other side does: a polite close would wait behind what a stalled server does not take. */
    void cut() {
        vertx.cancelTimer(pings);
        if (client != null) {
            client.close();
        }
        client = null;
        socket = null;
    }

    /** Says good-bye, and cuts it off a little later. */
    void close() {
        if (!isOpen() || socket == null) {
            cut();
            return;
        }
        socket.close().timeout(1, TimeUnit.SECONDS).onComplete(closed -> cut());
    }

    private void opened(WebSocketClient connecting, WebSocket opened) {
        if (!connecting.equals(client)) {
            opened.close();
            return;
        }
        socket = opened;
        isAnswered = true;
        // What the other side says is not listened to, but must be read.
        opened.handler(nothing -> {});
        opened.exceptionHandler(nothing -> {});
        opened.pongHandler(pong -> isAnswered = true);
        pings = vertx.setPeriodic(pace.ping().toMillis(), id -> ping(opened));
    }

    private void ping(WebSocket opened) {
        if (opened.isClosed() || !isAnswered) {
            cut();
            return;
        }
        isAnswered = false;
        opened.writePing(Buffer.buffer());
    }

    private WebSocketConnectOptions target() {
        boolean secure = "wss".equalsIgnoreCase(url.getScheme());
        int standard = secure ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(url.getHost().replaceAll("[\\[\\]]", "")).setPort(url.getPort() < 0 ? standard : url.getPort());
        options.setSsl(secure).setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        options.setTimeout(pace.connect().toMillis()).setAllowOriginHeader(false);
        if (url.getUserInfo() != null) {
            byte[] user = url.getUserInfo().getBytes(StandardCharsets.UTF_8);
            options.putHeader("authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        return options;
    }
}

package io.llmnet;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A WebSocket server on a port of its own, which keeps what it is told, can be stopped and started, and can stop reading. */
public final class FakeSocket implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final boolean isSecure;
    private final Set<ServerWebSocket> clients = ConcurrentHashMap.newKeySet();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> handshakes = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile boolean isStalled;
    private @Nullable HttpServer server;

    private FakeSocket(int port, boolean isSecure) {
        this.isSecure = isSecure;
        this.port = port;
    }

    /**
     * A port below those that systems give to clients: who tries one of these again and again can end up connected to
     * itself, and then nobody else can listen there.
     */
    public static int freePort() {
        int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
        while (!isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** One that listens. */
    public static FakeSocket start() {
        return onPort(freePort()).restart();
    }

    /** One that does not listen yet. */
    public static FakeSocket onPort(int port) {
        return new FakeSocket(port, false);
    }

    /** One with a certificate that nobody has reason to trust. */
    public static FakeSocket startSecure() {
        return new FakeSocket(freePort(), true).restart();
    }

    public String url() {
        return (isSecure ? "wss" : "ws") + "://localhost:" + port + "/alerts";
    }

    /** What it was told, in order. */
    public List<String> told() {
        return told;
    }

    /** The target of each handshake, and its authorization. */
    public List<String> handshakes() {
        return handshakes;
    }

    /** Those who are connected now. */
    public int clients() {
        return clients.size();
    }

    /** Reads no more from anybody, or again from all. */
    public void stall(boolean stalled) {
        isStalled = stalled;
        clients.forEach(client -> pace(client, stalled));
    }

    private static void pace(ServerWebSocket client, boolean stalled) {
        if (stalled) {
            client.pause();
        } else {
            client.resume();
        }
    }

    /** Listens, again or for the first time. */
    public FakeSocket restart() {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
        if (isSecure) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions().setPath("alerts/self-signed.p12").setPassword("secret"));
        }
        server = vertx.createHttpServer(options).webSocketHandler(this::come);
        join(server.listen());
        return this;
    }

    /** Lets all go, politely, and no longer listens; returns when they have gone. */
    public void stop() {
        List<ServerWebSocket> now = List.copyOf(clients);
        now.forEach(ServerWebSocket::close);
        while (!clients.isEmpty()) {
            Thread.onSpinWait();
        }
        if (server != null) {
            join(server.close());
        }
    }

    private void come(ServerWebSocket client) {
        handshakes.add(client.uri() + " " + client.headers().get("authorization"));
        client.textMessageHandler(told::add);
        client.closeHandler(nothing -> clients.remove(client));
        clients.add(client);
        pace(client, isStalled);
    }

    private static void join(io.vertx.core.Future<?> future) {
        CompletableFuture<?> done = future.toCompletionStage().toCompletableFuture();
        done.join();
    }

    @Override
    public void close() {
        join(vertx.close());
    }
}

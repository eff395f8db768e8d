package io.llmnet.secret;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of Vault as is asked: one entry, {@code secret/data/llmnet}, for one token. */
final class VaultServer implements AutoCloseable {
    static final String TOKEN = "hvs.the-token-of-the-test";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What was asked for, with the namespace in front where there was one. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The entry, as JSON. */
    volatile String entry = "{}";

    /** Answered instead of the entry, where it is not 0. */
    volatile int status;

    /** Whether it takes requests and never answers. */
    volatile boolean hangs;

    private VaultServer(HttpServer server) {
        this.server = server;
    }

    static VaultServer start() {
        try {
            VaultServer vault =
                    new VaultServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            vault.server.createContext("/", vault::answer);
            vault.server.setExecutor(vault.workers);
            vault.server.start();
            return vault;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String namespace = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        asked.add((namespace == null ? "" : namespace + " ") + exchange.getRequestURI());
        if (hangs) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String token = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        if (status != 0) {
            send(exchange, status, "{\"errors\":[\"" + token + "\"]}");
        } else if (!TOKEN.equals(token)) {
            send(exchange, 403, "{\"errors\":[\"permission denied\",\"" + token + "\"]}");
        } else if (!exchange.getRequestURI().getPath().equals("/v1/secret/data/llmnet")) {
            send(exchange, 404, "{\"errors\":[]}");
        } else {
            send(exchange, 200, "{\"data\":{\"data\":" + entry + ",\"metadata\":{\"version\":1}}}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}

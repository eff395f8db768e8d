package io.llmnet.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Asks a node over HTTP. JSON is written with single quotes. */
final class Caller {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;

    Caller(InferenceNode node) {
        this.port = node.port();
    }

    HttpResponse<String> post(String path, String body) {
        return later(path, body).join();
    }

    CompletableFuture<HttpResponse<String>> later(String path, String body) {
        return CLIENT.sendAsync(
                to(path).POST(BodyPublishers.ofString(body.replace('\'', '"'))).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) {
        return CLIENT.sendAsync(to(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                .join();
    }

    JsonNode get(String path) {
        return json(send("GET", path).body());
    }

    /** Begins a request over a bare socket, waits for its first bytes, and hangs up. */
    void hangUpAfterFirstBytes(String path, String body) throws IOException {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try (Socket socket = begin(path, bytes)) {
            InputStream in = socket.getInputStream();
            if (in.readNBytes(20).length < 20) {
                throw new IOException("no answer came");
            }
        }
    }

    Socket begin(String path, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: node\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        return socket;
    }

    /** Waits until the node's status is as wished; fails after ten seconds. */
    void until(Predicate<JsonNode> wish) {
        until(() -> wish.test(get("/status")));
    }

    static void until(BooleanSupplier wish) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!wish.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }

    static JsonNode json(String text) {
        try {
            return Fields.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** The events of a stream, without their {@code data:}. */
    static List<String> events(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }
}

package io.llmnet.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** Asks the running server. JSON is written with single quotes. */
final class Caller {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI root;

    private Caller(URI root) {
        this.root = root;
    }

    /** One who asks the server that the tests run in. */
    static Caller ofServer() {
        return new Caller(URI.create(ConfigProvider.getConfig().getValue("test.url", String.class)));
    }

    URI root() {
        return root;
    }

    /** A request id that nobody else has. */
    static String newId() {
        return UUID.randomUUID().toString();
    }

    static String question(String model, String text) {
        return "{'model':'" + model + "','messages':[{'role':'user','content':'" + text + "'}]}";
    }

    static String streamed(String model, String text) {
        return "{'model':'" + model + "','stream':true,'stream_options':{'include_usage':true},"
                + "'messages':[{'role':'user','content':'" + text + "'}]}";
    }

    HttpResponse<String> chat(String body, String... headers) {
        return post("/v1/chat/completions", body, headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return later(path, body, headers).join();
    }

    CompletableFuture<HttpResponse<String>> later(String path, String body, String... headers) {
        HttpRequest.Builder request = to(path).POST(BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Posts a body as it stands. */
    HttpResponse<String> exactly(String path, String body, String... headers) {
        HttpRequest request =
                to(path).POST(BodyPublishers.ofString(body)).headers(headers).build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString()).join();
    }

    /** Posts over HTTP/2 without TLS. */
    HttpResponse<String> overHttp2(String path, String body) {
        HttpRequest request = to(path).version(HttpClient.Version.HTTP_2)
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .join();
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = to(path).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    /** A bare connection over which a request was begun: what is written is sent as it is. */
    Socket begin(String text) {
        try {
            Socket socket = new Socket(root.getHost(), root.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a whole chat request. */
    Socket beginChat(String body, String id) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return begin("POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nx-request-id: " + id
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n"
                + new String(bytes, StandardCharsets.UTF_8));
    }

    /** The lines {@code data:} of a stream. */
    static List<String> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring(5).strip())
                .toList();
    }

    /** What a stream of chat chunks says. */
    static String said(String stream) {
        return events(stream).stream()
                .filter(data -> !data.equals("[DONE]"))
                .map(data -> json(data).path("choices").path(0))
                .map(choice -> choice.path("delta").path("content").asText()
                        + choice.path("text").asText())
                .collect(Collectors.joining());
    }

    static String content(HttpResponse<String> response) {
        return json(response.body()).at("/choices/0/message/content").asText();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(root.toString().replaceAll("/$", "") + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json");
    }
}

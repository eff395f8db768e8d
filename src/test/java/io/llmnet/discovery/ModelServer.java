package io.llmnet.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that answers as one of a kind does, by what is recorded of it in {@code <kind>/server.json}: pages by method and
 * path, and those about one model by its name behind that. Nothing else is there.
 */
public final class ModelServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> headers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile JsonNode recorded;
    private volatile int status = 200;

    private ModelServer(String kind, int port) {
        recorded = read(kind);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** One of a kind, on a port of its own. */
    public static ModelServer of(String kind) {
        return new ModelServer(kind, 0);
    }

    /** One of a kind, on that port. */
    public static ModelServer of(String kind, int port) {
        return new ModelServer(kind, port);
    }

    private static JsonNode read(String kind) {
        try (InputStream file = ModelServer.class.getResourceAsStream("/" + kind + "/server.json")) {
            return Json.tree(Objects.requireNonNull(file, kind).readAllBytes(), Fault.INTERNAL, kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it answers everything with that status. */
    public ModelServer failing(int with) {
        status = with;
        return this;
    }

    /** From now on it answers as one of another kind. */
    public void become(String kind) {
        recorded = read(kind);
    }

    /** From now on it has no pages but this one, be it JSON or not. */
    public void say(String page, String body) {
        var pages = Json.object();
        pages.put(page, body);
        recorded = Json.object().set("pages", pages);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.actualPort();
    }

    /** All that it was asked: method, path and query. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** All headers that it was sent. */
    public List<String> headers() {
        return List.copyOf(headers);
    }

    private void answer(HttpServerRequest request, Buffer body) {
        asked.add(request.method() + " " + request.uri());
        request.headers()
                .forEach(header -> headers.add(header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue()));
        JsonNode pages = recorded.path("pages");
        String page = request.method() + " " + request.path();
        JsonNode found = pages.get(page);
        if (found == null && body.length() > 0) {
            found = pages.get(page + " " + body.toJsonObject().getString("model"));
        }
        recorded.path("headers")
                .properties()
                .forEach(header -> request.response()
                        .putHeader(header.getKey(), header.getValue().asText()));
        if (status != 200) {
            // as some servers do: the key that they refuse is repeated
            request.response().setStatusCode(status).end("wrong key " + request.getHeader("authorization"));
        } else if (found == null) {
            request.response().setStatusCode(404).end("{\"detail\":\"Not Found\"}");
        } else {
            request.response().end(found.isTextual() ? found.textValue() : Json.text(found));
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

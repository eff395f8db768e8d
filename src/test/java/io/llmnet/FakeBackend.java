package io.llmnet;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model server that does what the name of the model asked says, on a port of its own: {@code ok} answers, {@code
 * say:words} says these, {@code status:429} refuses, {@code hang-mid}, {@code cut:40} and others fail as they are called.
 * Speaks OpenAI's chats and completions, and Ollama's {@code /api/chat}; {@code embed} gives vectors. What it was asked is kept, by request id.
 */
public final class FakeBackend implements AutoCloseable {
    /** What {@code raw} answers: a body that nobody who parses and prints it again could give back. */
    public static final String RAW = FakeModels.RAW;

    /** The same of a stream. */
    public static final String RAW_STREAM = FakeModels.RAW_STREAM;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final FakeModels models = new FakeModels(vertx);
    private final Queue<FakeVisit> visits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;

    private FakeBackend() {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(nothing -> connections.decrementAndGet());
                })
                .requestHandler(this::visited);
    }

    /** One that listens. */
    public static FakeBackend start() {
        FakeBackend backend = new FakeBackend();
        backend.server.listen().toCompletionStage().toCompletableFuture().join();
        return backend;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** An address where nobody listens. */
    public static URI nobody() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    /** What it was asked for the request of that id, in order. */
    public List<FakeVisit> visits(String requestId) {
        return visits.stream()
                .filter(visit -> Objects.equals(requestId, visit.header("x-request-id")))
                .toList();
    }

    /** Connections that are open now. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void visited(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            FakeVisit visit = new FakeVisit(request.path(), request.headers(), body.getBytes());
            visits.add(visit);
            request.response().closeHandler(nothing -> {
                if (!request.response().ended()) {
                    visit.left();
                }
            });
            models.answer(FakeQuestion.of(visit), visit, request.response());
        });
    }
}

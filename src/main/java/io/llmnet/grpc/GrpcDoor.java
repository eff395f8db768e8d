package io.llmnet.grpc;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pool;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** LLM Pool's gRPC port: its service, and those for health and reflection. */
public final class GrpcDoor {
    private final Map<String, Consumer<Exchange>> methods = new HashMap<>();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Serving serving;
    private final HttpServer server;
    private final int mostBytes;
    private volatile boolean isClosing;

    private GrpcDoor(
            Vertx vertx,
            Pool pool,
            Supplier<PoolSettings> settings,
            GrpcLimits limits,
            PoolSettings.@Nullable Tls tls) {
        this.mostBytes = limits.messageBytes();
        this.serving = new Serving(vertx, pool);
        GrpcServer grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(mostBytes))
                .callHandler(this::handle);
        this.server = vertx.createHttpServer(Transport.options(tls, limits.concurrent()))
                .connectionHandler(this::admit)
                .requestHandler(request -> accept(request, grpc));
        methods.put(Protocol.SERVICE + "/Infer", new Infer(vertx, pool, settings, limits.concurrent())::accept);
        methods.put(
                Protocol.SERVICE + "/Health",
                exchange -> exchange.hearOne(nothing -> exchange.finish(AnswerMessage.of(pool.health()))));
        methods.put(Serving.NAME + "/Check", serving::check);
        methods.put(Serving.NAME + "/Watch", serving::watch);
        Reflection reflection = new Reflection();
        Reflection.NAMES.forEach(name -> methods.put(name + "/ServerReflectionInfo", reflection::accept));
    }

    /**
     * Opens a door; where that cannot be listened on, or the files of {@code tls} will not do, it fails with an
     * {@link IllegalStateException} that says so.
     *
     * @param settings as they are now: the tasks that a client is told of, and their times
     * @param tls null for plain HTTP/2
     */
    public static CompletionStage<GrpcDoor> open(
            Vertx vertx,
            Pool pool,
            Supplier<PoolSettings> settings,
            GrpcLimits limits,
            PoolSettings.Door at,
            PoolSettings.@Nullable Tls tls) {
        GrpcDoor door = new GrpcDoor(vertx, pool, settings, limits, tls);
        return door.server
                .listen(at.port(), at.host())
                .map(listening -> door)
                .recover(why -> Future.failedFuture(Transport.trouble(at, tls, why)))
                .toCompletionStage();
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Takes no more calls, and closes once all are answered, in any case after so long. */
    public CompletionStage<Void> close(Duration patience) {
        isClosing = true;
        serving.close();
        List<Future<Void>> idle = connections.stream()
                .map(connection -> connection.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        return Future.join(idle).transform(whatever -> server.close()).toCompletionStage();
    }

    private void admit(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(nothing -> connections.remove(connection));
    }

    private static void accept(HttpServerRequest request, GrpcServer grpc) {
        String type = request.getHeader("content-type");
        if (request.version() == HttpVersion.HTTP_2 && type != null && type.startsWith("application/grpc")) {
            if (!request.headers().contains(Exchange.ENCODING)) {
                // Else one that calls a message packed, and does not say how, is an unforeseen failure of Vert.x.
                request.headers().set(Exchange.ENCODING, Exchange.IDENTITY);
            }
            grpc.handle(request);
        } else {
            request.response()
                    .setStatusCode(415)
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end("Here is gRPC only: HTTP/2 with `Content-Type: application/grpc`\n");
        }
    }

    private void handle(GrpcServerRequest<Buffer, Buffer> request) {
        Exchange exchange = new Exchange(request, mostBytes);
        Consumer<Exchange> method = methods.get(exchange.method());
        if (isClosing) {
            exchange.fail(new ChatException(Fault.STOPPING, "the server is stopping; ask another"));
        } else if (method == null) {
            exchange.fail(GrpcStatus.UNIMPLEMENTED, "there is no such method here", Map.of());
        } else {
            method.accept(exchange);
        }
    }
}

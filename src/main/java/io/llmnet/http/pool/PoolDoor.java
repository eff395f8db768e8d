package io.llmnet.http.pool;

import io.llmnet.http.Limits;
import io.llmnet.pool.Pool;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** LLM Pool's own HTTP port: {@code POST /v1/infer}, {@code GET /health}, and nothing else. */
public final class PoolDoor {
    private static final long LOOK_MILLIS = 10;

    private final Vertx vertx;
    private final Pool pool;
    private final Infer infer;
    private final HttpServer server;
    private volatile boolean isClosing;

    private PoolDoor(Vertx vertx, Pool pool, Limits limits) {
        this.vertx = vertx;
        this.pool = pool;
        this.infer = Infer.asLlmPool(vertx, pool, limits);
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setTcpNoDelay(true).setHandle100ContinueAutomatically(true))
                .requestHandler(this::handle);
    }

    /** Opens a door; fails where that cannot be listened on. */
    public static CompletionStage<PoolDoor> open(Vertx vertx, Pool pool, Limits limits, PoolSettings.Door at) {
        PoolDoor door = new PoolDoor(vertx, pool, limits);
        return door.server.listen(at.port(), at.host()).map(listening -> door).toCompletionStage();
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Closes it once all are answered, and in any case after so long. */
    public CompletionStage<Void> close(Duration patience) {
        isClosing = true;
        Promise<Void> idle = Promise.promise();
        long end = System.nanoTime() + patience.toNanos();
        look(idle, end);
        return idle.future().compose(nothing -> server.close()).toCompletionStage();
    }

    private void look(Promise<Void> idle, long end) {
        if (infer.active() == 0 || end - System.nanoTime() <= 0) {
            idle.complete();
        } else {
            vertx.setTimer(LOOK_MILLIS, timer -> look(idle, end));
        }
    }

    private void handle(HttpServerRequest request) {
        if (isClosing) {
            sendAway(request);
            return;
        }
        String path = request.path();
        if ("/v1/infer".equals(path)) {
            only(HttpMethod.POST, request, () -> infer.accept(request));
        } else if ("/health".equals(path)) {
            only(HttpMethod.GET, request, () -> health(request));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    /** Who comes again finds whoever listens then; a connection with others on it ends with the door. */
    private static void sendAway(HttpServerRequest request) {
        boolean isAlone = request.version() != HttpVersion.HTTP_2;
        HttpServerResponse response = request.response().setStatusCode(503);
        if (isAlone) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        response.end("this door is closing; come again").onComplete(told -> {
            if (isAlone) {
                request.connection().close();
            }
        });
    }

    private void health(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(InferText.of(pool.health())));
    }

    private static void only(HttpMethod method, HttpServerRequest request, Runnable answer) {
        boolean isAsHead = HttpMethod.HEAD.equals(request.method()) && HttpMethod.GET.equals(method);
        if (method.equals(request.method()) || isAsHead) {
            answer.run();
        } else {
            request.response()
                    .setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, method.name())
                    .end();
        }
    }
}

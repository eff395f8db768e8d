package io.llmnet.discovery.probe;

import io.llmnet.backend.Backend;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Small requests to servers, each with a deadline of its own and on a connection of its own: what is asked is also whether
 * a new connection can be had. No answer's body is ever repeated in an error, for it may hold a key.
 */
public final class Visits implements AutoCloseable {
    private static final int BODY_LIMIT = 4 << 20;
    private static final int CONNECTIONS_PER_HOST = 64;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final String instance;
    private final HttpClient client;

    /**
     * None yet.
     *
     * @param instance who asks: a gateway of ours then leaves out what it has from other gateways, or two that know each
     *     other would show each other's models for ever
     */
    public Visits(Vertx vertx, String instance) {
        this.vertx = vertx;
        this.instance = instance;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setKeepAlive(false).setMaxHeaderSize(32 * 1024))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST))
                // A connection that breaks is told to its request; nobody needs it in the log, too.
                .withConnectHandler(connection -> connection.exceptionHandler(why -> {}))
                .build();
    }

    /**
     * Where to ask, and as whom.
     *
     * @param apiKey sent as the language has it; null for none
     */
    record Server(URI url, Backend.Speaks speaks, @Nullable String apiKey) {
        static Server of(Backend backend) {
            return new Server(backend.url(), backend.speaks(), backend.apiKey());
        }
    }

    /** Asks for a page. Fails with what hindered it, be it an {@link java.io.IOException} or a timeout. */
    Future<Visit> get(Server server, String path, Duration deadline) {
        return ask(server, HttpMethod.GET, path, null, deadline);
    }

    /** Posts JSON. */
    Future<Visit> post(Server server, String path, byte[] body, Duration deadline) {
        return ask(server, HttpMethod.POST, path, body, deadline);
    }

    /**
     * Posts JSON, and tells the answer as it comes. It may be as long as it likes.
     *
     * @return the status, once the answer has ended
     */
    public Future<Integer> stream(Backend backend, String path, byte[] body, Duration deadline, Consumer<Buffer> each) {
        Promise<Integer> end = Promise.promise();
        Attempt attempt = new Attempt(deadline, end::tryFail);
        send(Server.of(backend), HttpMethod.POST, path, body, attempt)
                .onFailure(attempt::fail)
                .onSuccess(response -> {
                    response.exceptionHandler(attempt::fail);
                    response.handler(each::accept);
                    response.endHandler(nothing -> {
                        attempt.over();
                        end.tryComplete(response.statusCode());
                    });
                });
        return end.future();
    }

    private Future<Visit> ask(
            Server server, HttpMethod method, String path, byte @Nullable [] body, Duration deadline) {
        long began = System.nanoTime();
        Promise<Visit> end = Promise.promise();
        Attempt attempt = new Attempt(deadline, end::tryFail);
        send(server, method, path, body, attempt).onFailure(attempt::fail).onSuccess(response -> {
            Buffer whole = Buffer.buffer();
            response.exceptionHandler(attempt::fail);
            response.handler(part -> {
                whole.appendBuffer(part);
                if (whole.length() > BODY_LIMIT) {
                    attempt.fail(new IllegalStateException("its answer is larger than 4 MiB"));
                }
            });
            response.endHandler(nothing -> {
                attempt.over();
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                end.tryComplete(new Visit(response.statusCode(), response.headers(), whole.getBytes(), took));
            });
        });
        return end.future();
    }

    private Future<HttpClientResponse> send(
            Server server, HttpMethod method, String path, byte @Nullable [] body, Attempt attempt) {
        return made(server, method, path, attempt.deadline).compose(request -> {
            if (!attempt.takes(request)) {
                request.reset();
                return Future.failedFuture("too late");
            }
            request.exceptionHandler(attempt::fail);
            return body == null ? request.send() : request.send(Buffer.buffer(body));
        });
    }

    private Future<HttpClientRequest> made(Server server, HttpMethod method, String path, Duration deadline) {
        try {
            return client.request(options(server, method, path, deadline));
        } catch (IllegalArgumentException | IllegalStateException e) {
            // No address, or we are closed.
            return Future.failedFuture(e);
        }
    }

    private RequestOptions options(Server server, HttpMethod method, String path, Duration deadline) {
        URI url = server.url();
        boolean tls = "https".equals(url.getScheme());
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(url.getHost())
                .setPort(url.getPort() > 0 ? url.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI((url.getRawPath() == null ? "" : url.getRawPath()) + path)
                .setConnectTimeout(Math.min(CONNECT.toMillis(), Math.max(1, deadline.toMillis())))
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "llmnet")
                .putHeader(Fingerprints.INSTANCE, instance);
        if (method.equals(HttpMethod.POST)) {
            options.putHeader("Content-Type", "application/json");
        }
        String key = server.apiKey();
        if (server.speaks() == Backend.Speaks.ANTHROPIC) {
            options.putHeader("anthropic-version", "2023-06-01");
        }
        if (key != null) {
            switch (server.speaks()) {
                case OPENAI, OLLAMA -> options.putHeader("Authorization", "Bearer " + key);
                case ANTHROPIC -> options.putHeader("x-api-key", key);
                case GOOGLE -> options.putHeader("x-goog-api-key", key);
            }
        }
        return options;
    }

    @Override
    public void close() {
        client.close();
    }

    /** One request on its way: it ends once, and its connection with it. */
    private final class Attempt {
        private final Duration deadline;
        private final Consumer<Throwable> failed;
        private final long timer;
        private @Nullable HttpClientRequest request;
        private boolean isOver;

        Attempt(Duration deadline, Consumer<Throwable> failed) {
            this.deadline = deadline;
            this.failed = failed;
            this.timer = vertx.setTimer(
                    Math.max(1, deadline.toMillis()),
                    id -> fail(new TimeoutException("no answer within " + words(deadline))));
        }

        boolean takes(HttpClientRequest made) {
            request = made;
            return !isOver;
        }

        void over() {
            isOver = true;
            vertx.cancelTimer(timer);
        }

        void fail(Throwable why) {
            if (isOver) {
                return;
            }
            over();
            if (request != null) {
                request.reset();
            }
            failed.accept(why);
        }
    }

    private static String words(Duration time) {
        return time.toMillis() % TimeUnit.SECONDS.toMillis(1) == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}

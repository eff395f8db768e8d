package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks backends over Vert.x's HTTP client: one pool for all, non-blocking, cancelled down to the socket.
 */
public final class HttpWire implements Wire, AutoCloseable {
    /** Vert.x allows 5 connections a host by itself; a model server queues better than we could here. */
    private static final int CONNECTIONS_PER_HOST = 4096;

    /** How many backends are remembered; they come and go, and to think of one anew costs little. */
    private static final int MOST_ADDRESSES = 4096;

    private final Vertx vertx;
    private final HttpClient client;
    private final Map<Backend, Address> addresses = new ConcurrentHashMap<>();

    public HttpWire(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setKeepAliveTimeout(30).setMaxHeaderSize(32 * 1024))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST))
                // Without a handler, whoever answers what is no HTTP fills the log; the request hears of it as well.
                .withConnectHandler(connection -> connection.exceptionHandler(cause -> {}))
                .build();
    }

    @Override
    public CompletionStage<Answer> ask(Backend backend, Ask ask) {
        Asking asking = new Asking(vertx, client, address(backend), ask);
        ask.home().execute(asking::start);
        return asking.answer();
    }

    private Address address(Backend backend) {
        Address known = addresses.get(backend);
        if (known != null) {
            return known;
        }
        if (addresses.size() >= MOST_ADDRESSES) {
            addresses.clear();
        }
        return addresses.computeIfAbsent(backend, Address::of);
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.llmnet.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;

/**
 * The least that a Vert.x proxy can do: requests go to one server and answers come back, bytes untouched, streamed with
 * back-pressure. What LLMNet adds is measured against it.
 */
final class PlainProxy {
    private final HttpClient client;
    private final int target;

    private PlainProxy(HttpClient client, int target) {
        this.client = client;
        this.target = target;
    }

    /** Takes the port to listen on and the one to pass on to, both on 127.0.0.1. */
    public static void main(String... ports) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(4096));
        PlainProxy proxy = new PlainProxy(client, Integer.parseInt(ports[1]));
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true).setAcceptBacklog(4096))
                .requestHandler(proxy::pass)
                .listen(Integer.parseInt(ports[0]), "127.0.0.1")
                .onFailure(failure -> {
                    System.err.println("plain proxy: " + failure.getMessage());
                    System.exit(1);
                });
    }

    private void pass(HttpServerRequest in) {
        in.pause();
        client.request(in.method(), target, "127.0.0.1", in.uri())
                .onSuccess(out -> send(in, out))
                .onFailure(failure -> fail(in.response()));
    }

    private static void send(HttpServerRequest in, HttpClientRequest out) {
        out.headers().setAll(in.headers());
        (in.headers().contains("content-length") ? out.send(in) : out.send())
                .onSuccess(answer -> give(answer, in.response()))
                .onFailure(failure -> fail(in.response()));
    }

    private static void give(HttpClientResponse answer, HttpServerResponse to) {
        to.setStatusCode(answer.statusCode()).headers().setAll(answer.headers());
        to.send(answer).onFailure(failure -> {
            answer.request().reset();
            to.reset();
        });
    }

    private static void fail(HttpServerResponse to) {
        to.setStatusCode(502).end();
    }
}

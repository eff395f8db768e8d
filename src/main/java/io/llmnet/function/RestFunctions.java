package io.llmnet.function;

import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** Sends HTTP requests. Redirects are not followed; an answer that is no JSON is no output. */
final class RestFunctions implements AutoCloseable {
    private static final int CONNECTIONS_PER_HOST = 256;
    private static final String FAILED = "REST request failed: ";

    private final HttpClient client;

    RestFunctions(Vertx vertx) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(30),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
    }

    void call(Function.Rest rest, Variables variables, Pending pending) {
        RequestOptions options;
        try {
            options = new RequestOptions()
                    .setMethod(HttpMethod.valueOf(rest.method()))
                    .setAbsoluteURI(Headers.url(rest.url(), variables))
                    .setHeaders(Headers.filled(rest.headers(), variables));
        } catch (VertxException | IllegalArgumentException e) {
            pending.fail(FAILED + "its url or one of its headers cannot be sent");
            return;
        }
        String body = rest.body() == null ? null : rest.body().fill(variables);
        if (body != null && !options.getHeaders().contains(HttpHeaders.CONTENT_TYPE)) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        client.request(options)
                .onSuccess(request -> send(request, body, pending))
                .onFailure(why -> pending.fail(FAILED + Reasons.of(why)));
    }

    private static void send(HttpClientRequest request, @Nullable String body, Pending pending) {
        // What goes wrong is told through the response.
        request.exceptionHandler(why -> {});
        pending.holds(request::reset);
        if (pending.isOver()) {
            return;
        }
        (body == null ? request.send() : request.send(Buffer.buffer(body)))
                .onSuccess(response -> hear(request, response, pending))
                .onFailure(why -> pending.fail(FAILED + Reasons.of(why)));
    }

    private static void hear(HttpClientRequest request, HttpClientResponse response, Pending pending) {
        response.exceptionHandler(why -> pending.fail(FAILED + Reasons.of(why)));
        if (response.statusCode() / 100 != 2) {
            pending.fail(FAILED + "HTTP " + response.statusCode());
            request.reset();
            return;
        }
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > Output.MOST_BYTES) {
                pending.fail(FAILED + Output.TOO_LONG);
                request.reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> pending.bring(Output.ofJson(body.getBytes())));
    }

    @Override
    public void close() {
        client.close();
    }
}

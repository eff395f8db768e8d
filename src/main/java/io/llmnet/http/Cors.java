package io.llmnet.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Lets pages of other origins ask: who may reach the port may ask anyhow. */
final class Cors {
    private static final String EVERYTHING = "*";

    private Cors() {}

    static void allow(HttpServerResponse response) {
        response.putHeader("access-control-allow-origin", EVERYTHING);
        response.putHeader("access-control-expose-headers", "x-request-id, x-llmnet-trace");
    }

    static void preflight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("access-control-allow-origin", EVERYTHING);
        response.putHeader("access-control-allow-methods", "GET, HEAD, POST, OPTIONS");
        String wanted = request.getHeader("access-control-request-headers");
        response.putHeader("access-control-allow-headers", wanted == null ? "authorization, content-type" : wanted);
        response.putHeader("access-control-max-age", "86400");
        response.setStatusCode(204).end();
    }
}

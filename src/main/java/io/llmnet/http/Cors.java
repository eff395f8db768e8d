package io.llmnet.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets web pages of any origin ask, and see which models there are; nobody is asked for a password, so whoever reaches the
 * port may ask anyhow. What others have asked, and where backends are, is not for every page that somebody here looks at.
 */
final class Cors {
    private static final String EVERYTHING = "*";
    private static final Set<String> ASKED = Set.of("/chat/completions", "/completions", "/embeddings", "/infer");
    private static final Set<String> LOOKED_AT = Set.of("GET", "HEAD", "OPTIONS");

    private Cors() {}

    /**
     * Lets pages read the answer where they may.
     *
     * @param path without {@code /v1} and without a slash at its end
     */
    static void allow(HttpServerRequest request, String path) {
        if (request.getHeader(HttpHeaders.ORIGIN) != null
                && isOpen(request.method().name(), path)) {
            HttpServerResponse response = request.response();
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, EVERYTHING);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EVERYTHING);
        }
    }

    /** Answers a browser that asks whether a page may send its request; without a word it may not. */
    static void preflight(HttpServerRequest request, String path) {
        HttpServerResponse response = request.response().setStatusCode(204);
        if (isOpen(request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD), path)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, EVERYTHING);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, OPTIONS");
            String wanted = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
            response.putHeader(
                    HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, wanted == null ? "authorization, content-type" : wanted);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
        }
        response.end();
    }

    private static boolean isOpen(@Nullable String method, String path) {
        return ASKED.contains(path)
                || ((path.equals("/models") || path.startsWith("/models/"))
                        && (method == null || LOOKED_AT.contains(method)));
    }
}

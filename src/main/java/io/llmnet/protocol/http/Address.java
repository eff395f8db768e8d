package io.llmnet.protocol.http;

import io.llmnet.backend.Backend;
import io.llmnet.chat.Call;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/**
 * Where a backend's endpoints are, made once and used by every request.
 *
 * @param backend whose they are
 * @param chat of chats
 * @param completions of the older completions
 * @param embeddings of vectors, which Ollama serves in OpenAI's words too
 */
record Address(Backend backend, RequestOptions chat, RequestOptions completions, RequestOptions embeddings) {
    static Address of(Backend backend) {
        String chat = switch (backend.speaks()) {
            case OPENAI -> "/v1/chat/completions";
            case OLLAMA -> "/api/chat";
        };
        return new Address(backend, at(backend, chat), at(backend, "/v1/completions"), at(backend, "/v1/embeddings"));
    }

    RequestOptions of(Call.Dialect dialect) {
        return switch (dialect) {
            case CHAT -> chat;
            case COMPLETIONS -> completions;
            case EMBEDDINGS -> embeddings;
        };
    }

    private static RequestOptions at(Backend backend, String path) {
        URI url = backend.url();
        boolean tls = "https".equals(url.getScheme());
        String root = url.getRawPath() == null ? "" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort() > 0 ? url.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(root + path)
                .setConnectTimeout(backend.timeouts().connect().toMillis())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaders.createOptimized("application/json"));
        if (backend.apiKey() != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION, HttpHeaders.createOptimized("Bearer " + backend.apiKey()));
        }
        return options;
    }
}

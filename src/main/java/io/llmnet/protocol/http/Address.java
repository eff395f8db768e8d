package io.llmnet.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.chat.Call;
import io.llmnet.protocol.openai.Head;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;

/**
 * Where a backend's endpoints are, made once and used by every request.
 *
 * @param backend whose they are
 * @param chat of chats
 * @param stream of chats that stream
 * @param completions of the older completions
 * @param embeddings of vectors, which others than OpenAI serve in OpenAI's words too
 */
record Address(
        Backend backend,
        RequestOptions chat,
        RequestOptions stream,
        RequestOptions completions,
        RequestOptions embeddings) {
    private static final String MODEL = "{model}";
    private static final CharSequence API_KEY = HttpHeaders.createOptimized("x-api-key");
    private static final CharSequence GOOGLE_KEY = HttpHeaders.createOptimized("x-goog-api-key");
    private static final CharSequence ANTHROPIC_VERSION = HttpHeaders.createOptimized("anthropic-version");

    static Address of(Backend backend) {
        return new Address(
                backend,
                at(backend, backend.paths().chat(), Call.Dialect.CHAT),
                at(backend, backend.paths().stream(), Call.Dialect.CHAT),
                at(backend, backend.paths().completions(), Call.Dialect.COMPLETIONS),
                at(backend, backend.paths().embeddings(), Call.Dialect.EMBEDDINGS));
    }

    RequestOptions of(Ask ask) {
        RequestOptions options = switch (ask.dialect()) {
            case CHAT -> ask.stream() ? stream : chat;
            case COMPLETIONS -> completions;
            case EMBEDDINGS -> embeddings;
        };
        return options.getURI().contains(MODEL) ? ofModel(ask, options) : options;
    }

    private static RequestOptions ofModel(Ask ask, RequestOptions options) {
        String name = Head.read(ask.body(), ask.dialect()).model();
        String model = name == null ? "" : name.startsWith("models/") ? name.substring("models/".length()) : name;
        String path = URLEncoder.encode(model, UTF_8).replace("+", "%20");
        return new RequestOptions(options).setURI(options.getURI().replace(MODEL, path));
    }

    private static RequestOptions at(Backend backend, String path, Call.Dialect dialect) {
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
        Language language = Language.of(backend.speaks(), dialect);
        if (language == Language.ANTHROPIC) {
            options.putHeader(ANTHROPIC_VERSION, HttpHeaders.createOptimized("2023-06-01"));
        }
        if (backend.apiKey() != null) {
            authorize(options, language, backend.apiKey());
        }
        return options;
    }

    private static void authorize(RequestOptions options, Language language, String key) {
        switch (language) {
            case OPENAI, OLLAMA ->
                options.putHeader(HttpHeaders.AUTHORIZATION, HttpHeaders.createOptimized("Bearer " + key));
            case ANTHROPIC -> options.putHeader(API_KEY, HttpHeaders.createOptimized(key));
            case GOOGLE -> options.putHeader(GOOGLE_KEY, HttpHeaders.createOptimized(key));
        }
    }
}

package io.llmnet.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.ModelList;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** What can be looked at: models, health, status, metrics. Nothing here asks a backend. */
final class Pages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "/models/";

    private final Entries entries;
    private final Counters counters;
    private final Supplier<String> metrics;
    private final long startedMillis = System.currentTimeMillis();

    Pages(Entries entries, Counters counters, Supplier<String> metrics) {
        this.entries = entries;
        this.counters = counters;
        this.metrics = metrics;
    }

    /** Answers if there is a page at this path. */
    boolean handle(HttpServerRequest request, String path) {
        boolean known = switch (path) {
            case "/", "/models", "/health", "/status", "/metrics" -> true;
            default -> path.startsWith(MODEL);
        };
        if (!known) {
            return false;
        }
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            send(
                    request,
                    Fault.METHOD_NOT_ALLOWED.status(),
                    ErrorBody.of(new ChatException(
                            Fault.METHOD_NOT_ALLOWED, request.path() + " takes GET, not " + request.method())));
            return true;
        }
        switch (path) {
            case "/" -> send(request, 200, welcome());
            case "/models" -> send(request, 200, ModelList.of(listed()));
            case "/health" -> send(request, 200, health());
            case "/status" -> send(request, 200, status());
            case "/metrics" -> metrics(request);
            default -> model(request, id(path.substring(MODEL.length())));
        }
        return true;
    }

    /** What is not well written is taken as it stands: then there is no such model. */
    private static String id(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written;
        }
    }

    private void model(HttpServerRequest request, String id) {
        if (entries.names().contains(id)) {
            send(request, 200, ModelList.one(entry(id)));
            return;
        }
        send(
                request,
                404,
                ErrorBody.of(ChatException.in(
                        "model",
                        Fault.MODEL_NOT_FOUND,
                        "the model `" + id + "` does not exist; there are " + Names.some(entries.names()))));
    }

    private List<ModelList.Entry> listed() {
        return entries.names().stream().map(this::entry).toList();
    }

    private ModelList.Entry entry(String id) {
        return new ModelList.Entry(id, "llmnet", startedMillis / 1000);
    }

    private byte[] welcome() {
        ObjectNode page = JSON.createObjectNode();
        page.put("name", "LLMNet").put("version", version());
        ObjectNode endpoints = page.putObject("endpoints");
        endpoints.put("chat", "POST /v1/chat/completions").put("completions", "POST /v1/completions");
        endpoints.put("models", "GET /v1/models").put("health", "GET /health").put("metrics", "GET /metrics");
        return bytes(page);
    }

    private byte[] health() {
        ObjectNode page = JSON.createObjectNode();
        page.put("status", "healthy").put("healthy", true).put("version", version());
        page.put("uptime_seconds", (System.currentTimeMillis() - startedMillis) / 1000);
        page.put("models", entries.names().size());
        return bytes(page);
    }

    private byte[] status() {
        ObjectNode page = JSON.createObjectNode();
        page.put("nodes", entries.nodes()).put("active_requests", counters.active());
        page.put("pipelines", entries.names().size());
        page.put("uptime_seconds", (System.currentTimeMillis() - startedMillis) / 1000);
        return bytes(page);
    }

    private void metrics(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        request.response().end(metrics.get());
    }

    private static byte[] bytes(ObjectNode page) {
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String version() {
        return "0.1.0";
    }

    private static void send(HttpServerRequest request, int status, byte[] json) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(json));
    }
}

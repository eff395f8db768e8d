package io.llmnet.http;

import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** Every request comes in here, and finds its door by path: with or without {@code /v1}, with or without a slash at the end. */
public final class Front {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

    private final ChatDoor chats;
    private final Pages pages;
    private final Listeners listeners;

    /**
     * The front of a server.
     *
     * @param metrics all metrics in Prometheus' text format
     */
    public Front(Vertx vertx, Entries entries, Limits limits, MeterRegistry registry, Supplier<String> metrics) {
        Counters counters = new Counters(registry);
        this.chats = new ChatDoor(vertx, entries, limits, counters);
        this.pages = new Pages(entries, counters, metrics);
        this.listeners = new Listeners(vertx, entries, registry);
    }

    /** The clients that listen to alerts. */
    public Listeners listeners() {
        return listeners;
    }

    /** Answers what is for us, and leaves everything else to the next handler. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String id = RequestId.of(request.getHeader(REQUEST_ID));
        HttpServerResponse response = request.response();
        response.putHeader(REQUEST_ID, id);
        if (request.getHeader(HttpHeaders.ORIGIN) != null) {
            Cors.allow(response);
        }
        request.resume();
        if (HttpMethod.OPTIONS.equals(request.method())) {
            Cors.preflight(request);
            return;
        }
        if (HttpMethod.GET.equals(request.method()) && Listeners.isAt(request.path())) {
            listeners.handle(request);
            return;
        }
        String path = path(request.path());
        switch (path) {
            case "/chat/completions" -> chat(request, Call.Dialect.CHAT, id);
            case "/completions" -> chat(request, Call.Dialect.COMPLETIONS, id);
            default -> {
                if (!pages.handle(request, path)) {
                    context.next();
                }
            }
        }
    }

    /** Answers what nobody else has answered. */
    public void notFound(RoutingContext context) {
        HttpServerRequest request = context.request();
        refuse(
                request.response(),
                new ChatException(
                        Fault.NOT_FOUND,
                        "there is nothing at " + request.method() + " " + request.path()
                                + "; try /v1/chat/completions, /v1/models or /health"));
    }

    private void chat(HttpServerRequest request, Call.Dialect dialect, String id) {
        if (HttpMethod.POST.equals(request.method())) {
            chats.handle(request, dialect, id);
            return;
        }
        request.response().putHeader(HttpHeaders.ALLOW, "POST");
        refuse(
                request.response(),
                new ChatException(Fault.METHOD_NOT_ALLOWED, request.path() + " takes POST, not " + request.method()));
    }

    private static void refuse(HttpServerResponse response, ChatException why) {
        response.setStatusCode(why.fault().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(ErrorBody.of(why)));
    }

    private static String path(String path) {
        if (path == null) {
            return "/";
        }
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        int start = path.startsWith("/v1/") ? 3 : 0;
        return path.substring(start, Math.max(end, start));
    }
}

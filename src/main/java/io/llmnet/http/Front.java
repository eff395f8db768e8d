package io.llmnet.http;

import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.ledger.Ledger;
import io.llmnet.http.page.BackendView;
import io.llmnet.http.page.Operator;
import io.llmnet.http.page.Pages;
import io.llmnet.http.page.Site;
import io.llmnet.protocol.openai.ErrorBody;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every request comes in here, and finds its door by path: with or without {@code /v1}, with or without a slash at the end. */
public final class Front {
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

    private static final CharSequence INSTANCE = HttpHeaders.createOptimized("x-llmnet-instance");

    private final String instance;
    private final ChatDoor chats;
    private final Pages pages;
    private final Listeners listeners;
    private final Updates updates;
    private volatile @Nullable Consumer<HttpServerRequest> tasks;

    /**
     * The front of a server.
     *
     * @param metrics all metrics in Prometheus' text format
     * @param operator shows and changes backends
     * @param ledger remembers requests
     * @param instance who this server is, so that it does not take itself for another
     */
    public Front(
            Vertx vertx,
            Entries entries,
            Limits limits,
            MeterRegistry registry,
            Supplier<String> metrics,
            Operator operator,
            Ledger ledger,
            String instance) {
        this.instance = instance;
        Counters counters = new Counters(registry);
        Site site = new Site(
                entries::pipelines,
                entries::ensembles,
                entries::nodes,
                counters::active,
                metrics,
                (request, whole, refused) -> Body.read(request, limits.body().toBytes(), whole, refused));
        this.chats = new ChatDoor(vertx, entries, limits, counters);
        this.pages = new Pages(site, operator, ledger, System::nanoTime);
        this.listeners = new Listeners(vertx, entries, registry);
        this.updates = new Updates(
                vertx, operator::roster, new BackendView(operator, ledger.stats(), System::nanoTime), registry);
    }

    /** The clients that listen to what becomes of backends and requests. */
    public Updates updates() {
        return updates;
    }

    /** The clients that listen to alerts. */
    public Listeners listeners() {
        return listeners;
    }

    /** From now on, who has tasks done answers what is sent to {@code /v1/infer}; before, there is nothing. */
    public void tasks(Consumer<HttpServerRequest> who) {
        tasks = who;
    }

    /** Answers what is for us, and leaves everything else to the next handler. */
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String id = RequestId.of(request.getHeader(REQUEST_ID));
        HttpServerResponse response = request.response();
        response.putHeader(REQUEST_ID, id);
        request.resume();
        String path = path(request.path());
        if (HttpMethod.OPTIONS.equals(request.method())) {
            Cors.preflight(request, path);
            return;
        }
        Cors.allow(request, path);
        if (HttpMethod.GET.equals(request.method()) && Listeners.isAt(request.path())) {
            listeners.handle(request);
            return;
        }
        if (HttpMethod.GET.equals(request.method()) && Updates.isAt(request.path())) {
            updates.handle(request);
            return;
        }
        switch (path) {
            case "/chat/completions" -> chat(request, Call.Dialect.CHAT, id);
            case "/completions" -> chat(request, Call.Dialect.COMPLETIONS, id);
            case "/embeddings" -> chat(request, Call.Dialect.EMBEDDINGS, id);
            case "/infer" -> task(context, request);
            default -> {
                response.putHeader(INSTANCE, instance);
                if (!pages.handle(request, path)) {
                    context.next();
                }
            }
        }
    }

    private void task(RoutingContext context, HttpServerRequest request) {
        Consumer<HttpServerRequest> who = tasks;
        if (who == null) {
            context.next();
        } else if (isPost(request)) {
            who.accept(request);
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
        if (isPost(request)) {
            chats.handle(request, dialect, id);
        }
    }

    private static boolean isPost(HttpServerRequest request) {
        if (HttpMethod.POST.equals(request.method())) {
            return true;
        }
        request.response().putHeader(HttpHeaders.ALLOW, "POST");
        refuse(
                request.response(),
                new ChatException(Fault.METHOD_NOT_ALLOWED, request.path() + " takes POST, not " + request.method()));
        return false;
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

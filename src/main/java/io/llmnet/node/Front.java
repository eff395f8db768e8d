package io.llmnet.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.node.Order.Kind;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The node's HTTP: who asks what. On the event loop; reading and counting a request is done on a worker. */
final class Front implements Handler<HttpServerRequest> {
    private static final String MODEL = "/models/";
    private static final Map<String, Kind> ASKING =
            Map.of("/chat/completions", Kind.CHAT, "/completions", Kind.COMPLETION, "/generate", Kind.GENERATE);

    private final Vertx vertx;
    private final Engine engine;
    private final Slots slots;
    private final Meter meter;
    private final Card card;
    private final Outlets outlets;
    private final String nodeId;
    private final Map<String, Supplier<ObjectNode>> pages;

    Front(Vertx vertx, Engine engine, Slots slots, Meter meter, Card card, Outlets outlets, String nodeId) {
        this.vertx = vertx;
        this.engine = engine;
        this.slots = slots;
        this.meter = meter;
        this.card = card;
        this.outlets = outlets;
        this.nodeId = nodeId;
        this.pages = Map.of(
                "/models", card::models,
                "/status", card::status,
                "/info", card::info,
                "/health", card::health,
                "/", card::welcome);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String id = request.getHeader("x-request-id");
        request.response().putHeader("x-request-id", id == null || !id.matches("[\\w.:/-]{1,128}") ? number() : id);
        try {
            route(request);
        } catch (ChatException e) {
            refuse(request.response(), e);
        }
    }

    private void route(HttpServerRequest request) {
        String path = plain(request.path());
        Kind kind = ASKING.get(path);
        Supplier<ObjectNode> page = pages.get(path);
        if (kind != null) {
            require(request, path, HttpMethod.POST);
            ask(request, kind);
        } else if (page != null) {
            require(request, path, HttpMethod.GET);
            Outlet.json(request.response(), 200, Shape.bytes(page.get()));
        } else if (path.startsWith(MODEL)) {
            require(request, path, HttpMethod.GET);
            Outlet.json(request.response(), 200, Shape.bytes(model(path.substring(MODEL.length()))));
        } else {
            throw new ChatException(
                    Fault.NOT_FOUND, "nothing is here; try /v1/chat/completions, /v1/completions, /v1/models or /info");
        }
    }

    private ObjectNode model(String encoded) {
        String id = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        return card.model(id)
                .orElseThrow(() ->
                        ChatException.in("model", Fault.MODEL_NOT_FOUND, "this node serves " + card.model() + " only"));
    }

    private void ask(HttpServerRequest request, Kind kind) {
        HttpServerResponse response = request.response();
        Context context = vertx.getOrCreateContext();
        Outlet outlet = new Outlet(context, response);
        Body.of(request)
                .compose(body -> context.executeBlocking(() -> Question.of(Orders.read(kind, body), engine), false))
                .onSuccess(question -> queue(question, outlet, response))
                .onFailure(why -> refuse(response, known(why)));
    }

    private void queue(Question question, Outlet outlet, HttpServerResponse response) {
        Order order = question.order();
        Shape shape = new Shape(
                order.kind(), number(), System.currentTimeMillis() / 1000, card.model(), order.includeUsage());
        try {
            outlets.add(outlet);
            response.endHandler(v -> outlets.remove(outlet));
            Slots.Place place = slots.take(new Telling(question, engine, shape, outlet, meter, nodeId));
            outlet.onGone(() -> {
                place.leave();
                outlets.remove(outlet);
            });
        } catch (ChatException e) {
            outlets.remove(outlet);
            refuse(response, e);
        }
    }

    private void refuse(HttpServerResponse response, ChatException why) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (why.fault() == Fault.BUSY) {
            response.putHeader("Retry-After", String.valueOf(secondsUntilFree()));
        }
        if (why.fault() == Fault.BODY_TOO_LARGE) {
            response.putHeader("Connection", "close");
        }
        Outlet.failed(response, why);
    }

    private long secondsUntilFree() {
        double rounds = (double) slots.waiting() / slots.total();
        return Math.max(1, Math.min(60, Math.round(meter.secondsPerRequest() * rounds)));
    }

    private static ChatException known(Throwable why) {
        return why instanceof ChatException said
                ? said
                : new ChatException(Fault.INTERNAL, "the request could not be read", why);
    }

    private static void require(HttpServerRequest request, String path, HttpMethod method) {
        boolean head = method.equals(HttpMethod.GET) && request.method().equals(HttpMethod.HEAD);
        if (!request.method().equals(method) && !head) {
            request.response().putHeader("Allow", method.name());
            throw new ChatException(Fault.METHOD_NOT_ALLOWED, path + " takes " + method.name() + " only");
        }
    }

    /** Without {@code /v1} before it and a slash behind it. */
    private static String plain(String path) {
        String inner = path.equals("/v1") || path.startsWith("/v1/") ? path.substring("/v1".length()) : path;
        String open = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        return open.isEmpty() ? "/" : open;
    }

    private static String number() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}

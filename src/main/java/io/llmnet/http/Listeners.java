package io.llmnet.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hear of alerts over a WebSocket: {@code GET /ws/alerts/{pipeline}}, and with {@code ?alert=NAME} of one only.
 *
 * <p>Each gets every alert from its coming on as a text frame. Alerts may hold what users say, so pages of other sites are
 * refused: where there is an Origin, it must be this server.
 */
public final class Listeners implements AutoCloseable {
    private static final String PATH = "/ws/alerts/";

    private static final int MOST = 256;
    private static final Duration PING = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Entries entries;
    private final int most;
    private final long pingMillis;
    private final Set<Listener> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places = new AtomicInteger();

    Listeners(Vertx vertx, Entries entries, MeterRegistry registry) {
        this(vertx, entries, registry, MOST, PING);
    }

    /**
     * None yet.
     *
     * @param most how many there may be
     * @param ping how often they must give a sign of life
     */
    Listeners(Vertx vertx, Entries entries, MeterRegistry registry, int most, Duration ping) {
        this.vertx = vertx;
        this.entries = entries;
        this.most = most;
        this.pingMillis = ping.toMillis();
        Gauge.builder("llmnet.alerts.listeners", all, Set::size)
                .description("clients that listen to alerts over a WebSocket")
                .register(registry);
    }

    /** Tells those who listen to this alert; returns at once, whatever they do. */
    public void tell(String pipeline, String alert, String text) {
        for (Listener listener : all) {
            if (listener.hears(pipeline, alert)) {
                listener.tell(text);
            }
        }
    }

    /** Lets those go whose pipeline, or alert, is no longer there. */
    public void recheck() {
        for (Listener listener : all) {
            if (!listener.isServed(entries.alertsOf(listener.pipeline()))) {
                listener.close(Listener.GOING_AWAY, "the pipeline is no longer served");
            }
        }
    }

    /** Lets all go. */
    @Override
    public void close() {
        all.forEach(listener -> listener.close(Listener.GOING_AWAY, "the server ends"));
    }

    /** Whether a path is theirs. */
    static boolean isAt(@Nullable String path) {
        return path != null && path.startsWith(PATH);
    }

    void handle(HttpServerRequest request) {
        String pipeline = decoded(request.path().substring(PATH.length()));
        String alert = request.getParam("alert");
        ChatException refusal = refusal(request, pipeline, alert);
        if (refusal != null) {
            refuse(request.response(), refusal);
            return;
        }
        if (places.incrementAndGet() > most) {
            places.decrementAndGet();
            refuse(
                    request.response(),
                    new ChatException(Fault.BUSY, most + " clients listen already; try again later"));
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> welcome(socket, pipeline, alert))
                .onFailure(failed -> places.decrementAndGet());
    }

    private @Nullable ChatException refusal(HttpServerRequest request, String pipeline, @Nullable String alert) {
        Set<String> alerts = entries.alertsOf(pipeline);
        if (alerts.isEmpty()) {
            return new ChatException(
                    Fault.NOT_FOUND,
                    "no pipeline `" + pipeline + "` has alerts for clients; such a node says \"inbound\": true");
        }
        if (alert != null && !alerts.contains(alert)) {
            return new ChatException(
                    Fault.NOT_FOUND,
                    "pipeline `" + pipeline + "` has no alert `" + alert + "` for clients; there are "
                            + String.join(", ", alerts));
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOurs(origin, request.getHeader(HttpHeaders.HOST))) {
            return new ChatException(Fault.FORBIDDEN, "pages of other sites may not listen to alerts");
        }
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
                ? null
                : new ChatException(
                        Fault.BAD_REQUEST, "this is for WebSocket clients; connect with ws:// instead of http://");
    }

    private static boolean isOurs(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private void welcome(ServerWebSocket socket, String pipeline, @Nullable String alert) {
        Listener listener = new Listener(vertx, socket, pipeline, alert, pingMillis);
        all.add(listener);
        listener.live(() -> {
            all.remove(listener);
            places.decrementAndGet();
        });
    }

    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written;
        }
    }

    private static void refuse(HttpServerResponse response, ChatException why) {
        response.setStatusCode(why.fault().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(ErrorBody.of(why)));
    }
}

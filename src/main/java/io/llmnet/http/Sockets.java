package io.llmnet.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.ErrorBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket clients that are told texts, and say nothing. What they are told may be private, so pages of other sites are
 * refused: where there is an Origin, it must be this server.
 *
 * @param <T> what one wants to hear of
 */
final class Sockets<T> implements AutoCloseable {
    private final Vertx vertx;
    private final int most;
    private final long pingMillis;
    private final Set<Listener<T>> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places = new AtomicInteger();

    /**
     * None yet.
     *
     * @param most how many there may be
     * @param ping how often they must give a sign of life
     */
    Sockets(Vertx vertx, int most, Duration ping) {
        this.vertx = vertx;
        this.most = most;
        this.pingMillis = ping.toMillis();
    }

    int size() {
        return all.size();
    }

    /** Lets a client in, or refuses it. */
    void admit(HttpServerRequest request, T wants, Consumer<Listener<T>> welcomed) {
        ChatException refusal = refusal(request);
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
                .onSuccess(socket -> welcomed.accept(welcome(socket, wants)))
                .onFailure(failed -> places.decrementAndGet());
    }

    /** Tells those who want it; returns at once, whatever they do. */
    void tell(Predicate<T> whom, String text) {
        for (Listener<T> listener : all) {
            if (whom.test(listener.wants())) {
                listener.tell(text);
            }
        }
    }

    /** Lets those go. */
    void letGo(Predicate<T> whom, String why) {
        for (Listener<T> listener : all) {
            if (whom.test(listener.wants())) {
                listener.close(Listener.GOING_AWAY, why);
            }
        }
    }

    /** Lets all go. */
    @Override
    public void close() {
        letGo(anybody -> true, "the server ends");
    }

    static void refuse(HttpServerResponse response, ChatException why) {
        response.setStatusCode(why.fault().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        response.end(Buffer.buffer(ErrorBody.of(why)));
    }

    private static @Nullable ChatException refusal(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOurs(origin, request.getHeader(HttpHeaders.HOST))) {
            return new ChatException(Fault.FORBIDDEN, "pages of other sites may not listen");
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

    private Listener<T> welcome(ServerWebSocket socket, T wants) {
        Listener<T> listener = new Listener<>(vertx, socket, wants, pingMillis);
        all.add(listener);
        listener.live(() -> {
            all.remove(listener);
            places.decrementAndGet();
        });
        return listener;
    }
}

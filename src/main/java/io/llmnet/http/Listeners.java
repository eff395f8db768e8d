package io.llmnet.http;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clients that hear of alerts over a WebSocket: {@code GET /ws/alerts/{pipeline}}, and with {@code ?alert=NAME} of one only.
 *
 * <p>Each gets every alert from its coming on as a text frame. Alerts may hold what users say.
 */
public final class Listeners implements AutoCloseable {
    private static final String PATH = "/ws/alerts/";

    private static final int MOST = 256;
    private static final Duration PING = Duration.ofSeconds(30);

    /**
     * What a client wants to hear of.
     *
     * @param alert the only one that it wants; null for all of its pipeline
     */
    private record Topic(String pipeline, @Nullable String alert) {
        boolean is(String itsPipeline, String itsAlert) {
            return pipeline.equals(itsPipeline) && (alert == null || alert.equals(itsAlert));
        }

        boolean isServed(Set<String> alerts) {
            return alert == null ? !alerts.isEmpty() : alerts.contains(alert);
        }
    }

    private final Entries entries;
    private final Sockets<Topic> sockets;

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
        this.entries = entries;
        this.sockets = new Sockets<>(vertx, most, ping);
        Gauge.builder("llmnet.alerts.listeners", sockets, Sockets::size)
                .description("clients that listen to alerts over a WebSocket")
                .register(registry);
    }

    /** Tells those who listen to this alert; returns at once, whatever they do. */
    public void tell(String pipeline, String alert, String text) {
        sockets.tell(topic -> topic.is(pipeline, alert), text);
    }

    /** Lets those go whose pipeline, or alert, is no longer there. */
    public void recheck() {
        sockets.letGo(topic -> !topic.isServed(entries.alertsOf(topic.pipeline())), "the pipeline is no longer served");
    }

    /** Lets all go. */
    @Override
    public void close() {
        sockets.close();
    }

    /** Whether a path is theirs. */
    static boolean isAt(@Nullable String path) {
        return path != null && path.startsWith(PATH);
    }

    void handle(HttpServerRequest request) {
        String pipeline = decoded(request.path().substring(PATH.length()));
        String alert = request.getParam("alert");
        ChatException refusal = refusal(pipeline, alert);
        if (refusal != null) {
            Sockets.refuse(request.response(), refusal);
            return;
        }
        sockets.admit(request, new Topic(pipeline, alert), listener -> {});
    }

    private @Nullable ChatException refusal(String pipeline, @Nullable String alert) {
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
        return null;
    }

    private static String decoded(String written) {
        try {
            return URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return written;
        }
    }
}

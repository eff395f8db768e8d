package io.llmnet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Served served = new Served();
    private final Listeners listeners = new Listeners(vertx, served, registry, 2, Duration.ofMillis(200));
    private final HttpServer server = vertx.createHttpServer(
                    new HttpServerOptions().setHost("127.0.0.1").setPort(0).setWebSocketClosingTimeout(1))
            .requestHandler(listeners::handle)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    private final WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions());
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** One pipeline, until it is gone. */
    private static final class Served implements Entries {
        volatile Set<String> alerts = Set.of("bell");

        @Override
        public @Nullable Entry named(@Nullable String model) {
            return null;
        }

        @Override
        public List<String> pipelines() {
            return List.of();
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public Set<String> alertsOf(String pipeline) {
            return pipeline.equals("a b/c") ? alerts : Set.of();
        }

        @Override
        public int nodes() {
            return 0;
        }
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private WebSocket listen() {
        WebSocket socket = client.connect(server.actualPort(), "127.0.0.1", "/ws/alerts/a%20b/c")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        socket.textMessageHandler(heard::add);
        return socket;
    }

    private double count() {
        return registry.get("llmnet.alerts.listeners").gauge().value();
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void tellsThoseWhoListen() {
        listen();
        eventually("it has come", () -> count() == 1);

        listeners.tell("a b/c", "bell", "ding");
        listeners.tell("another", "bell", "dong");
        listeners.tell("a b/c", "bell", "dang");

        eventually("it is told", () -> heard.size() == 2);
        assertThat(heard).containsExactly("ding", "dang");
    }

    @Test
    void leavesThoseWhosePipelineIsGone() {
        WebSocket socket = listen();
        eventually("it has come", () -> count() == 1);
        listeners.recheck();
        assertThat(socket.isClosed()).isFalse();
        served.alerts = Set.of();

        listeners.recheck();

        eventually("it is let go", socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 1001);
        eventually("nobody is left", () -> count() == 0);
    }

    @Test
    void lendsNoMorePlacesThanThereAre() {
        listen();
        WebSocket second = listen();
        int status = 101;
        try {
            listen();
        } catch (CompletionException refused) {
            status = refused.getCause() instanceof UpgradeRejectedException answered ? answered.getStatus() : 0;
        }
        assertThat(status).isEqualTo(503);

        second.close();

        eventually("a place is free", () -> count() == 1);
        assertThat(listen().isClosed()).isFalse();
    }

    @Test
    void letsGoOfOneWhoDoesNotRead() {
        WebSocket slow = listen();
        slow.pause();
        eventually("it has come", () -> count() == 1);
        String big = "x".repeat(100_000);

        for (int each = 0; each < 500; each++) {
            listeners.tell("a b/c", "bell", big);
        }

        eventually("it is let go", () -> count() == 0);
    }
}

package io.llmnet.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcomes;
import io.llmnet.http.page.FakeOperator;
import io.llmnet.http.page.Shop;
import io.llmnet.protocol.json.Json;
import io.llmnet.registry.Card;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpdatesTest {
    private final Shop shop = new Shop();
    private final FakeOperator operator = shop.operator.has("desk", Card.named("qwen3"));
    private final Updates updates = shop.front.updates();
    private final WebSocketClient client = shop.vertx.createWebSocketClient();
    private @Nullable WebSocket socket;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();

    UpdatesTest() {
        operator.registry.onChange(updates::changed);
    }

    @AfterEach
    void end() {
        if (socket != null) {
            socket.abort();
        }
        shop.close();
    }

    /** Comes, and has been told how the backends are. */
    private void listen() {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + shop.port() + "/ws"), new Hearing())
                .join();
        eventually("it is welcomed", () -> !heard.isEmpty());
    }

    /** Hears from the first frame on, also of what comes with the handshake. */
    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            parts.append(part);
            if (isLast) {
                heard.add(Json.tree(parts.toString().getBytes(UTF_8), Fault.INTERNAL, "it"));
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private List<JsonNode> heard(String type) {
        return heard.stream()
                .filter(update -> update.path("update_type").asText().equals(type))
                .map(update -> update.path("data"))
                .toList();
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void whoComesIsToldHowTheBackendsAre() {
        listen();

        JsonNode desk = heard("BackendStatus").get(0).path(0);
        assertThat(desk.path("name").asText()).isEqualTo("desk");
        assertThat(desk.path("status").asText()).isEqualTo("healthy");
        assertThat(desk.path("models").path(0).path("id").asText()).isEqualTo("qwen3");
        assertThat(desk).isEqualTo(shop.page("/v1/backends/desk"));
    }

    @Test
    void whatChangesIsTold() {
        listen();

        operator.has("shed", Card.named("phi4"));
        eventually(
                "the new one is told",
                () -> heard("ModelChange").stream()
                        .anyMatch(change -> change.path("backend_id").asText().equals("shed")));
        operator.registry.remove("shed");
        eventually("it is told that it has gone", () -> heard("ModelChange").size() >= 3);

        assertThat(heard("BackendStatus")).anyMatch(status -> status.size() == 2);
        JsonNode last = heard("ModelChange").get(heard("ModelChange").size() - 1);
        assertThat(last.path("backend_id").asText()).isEqualTo("shed");
        assertThat(last.path("models")).isEmpty();
        assertThat(heard("BackendStatus").get(heard("BackendStatus").size() - 1))
                .hasSize(1);
    }

    @Test
    void manyChangesAreToldTogether() {
        listen();

        for (int each = 0; each < 200; each++) {
            operator.has("shed-" + each, Card.named("phi4"));
        }

        eventually(
                "the last one is told",
                () -> heard("ModelChange").stream()
                        .anyMatch(change -> change.path("backend_id").asText().equals("shed-199")));
        long models = heard("ModelChange").size();
        assertThat(models).isBetween(200L, 202L);
        assertThat(heard("BackendStatus").size()).isLessThan(100);
    }

    @Test
    void requestsAreToldWhenTheyAreOver() {
        listen();

        updates.accept(Outcomes.of("qwen3").told());

        eventually("it is told", () -> heard("RequestComplete").size() == 1);
        JsonNode entry = heard("RequestComplete").get(0);
        assertThat(entry.path("model").asText()).isEqualTo("qwen3");
        assertThat(entry.path("backend_id").asText()).isEqualTo("desk");
        assertThat(entry.path("status").asText()).isEqualTo("Success");
    }

    @Test
    void aFloodOfRequestsIsNotPassedOn() {
        listen();

        for (int each = 0; each < 5000; each++) {
            updates.accept(Outcomes.of("qwen3").told());
        }
        operator.has("last");

        eventually(
                "what comes after it is told",
                () -> heard("BackendStatus").stream().anyMatch(status -> status.size() == 2));
        assertThat(heard("RequestComplete").size()).isBetween(50, 2000);
    }

    @Test
    void pagesOfOtherSitesMayNotListen() {
        int status = 101;
        try {
            client.connect(new WebSocketConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(shop.port())
                            .setURI("/ws")
                            .addHeader("Origin", "https://example.org"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException refused) {
            status = refused.getCause() instanceof UpgradeRejectedException answered ? answered.getStatus() : 0;
        }

        assertThat(status).isEqualTo(403);
    }
}

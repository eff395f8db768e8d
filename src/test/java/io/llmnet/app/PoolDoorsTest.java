package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.http.Limits;
import io.llmnet.pool.Pools;
import io.llmnet.pool.ScriptedCouncils;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.routing.House;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.PoolSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolDoorsTest {
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedCouncils councils = new ScriptedCouncils();
    private final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
    private volatile GatewaySettings settings = at(new PoolSettings.Door("127.0.0.1", 0));
    private final PoolDoors doors = new PoolDoors(
            vertx,
            () -> settings,
            councils,
            (call, keeping, ask) -> ask.apply(call),
            new Standings(),
            name -> name.equals("a-pipeline"),
            registry::roster,
            (nanos, task) -> {
                long timer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos), id -> task.run());
                return () -> vertx.cancelTimer(timer);
            },
            new SimpleMeterRegistry(),
            new Limits(new Limits.ByteSize(20_000), Duration.ofMinutes(1), 3, Duration.ofSeconds(15)),
            "9.9");

    @AfterEach
    void end() {
        doors.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static GatewaySettings at(PoolSettings.@Nullable Door door) {
        Council council = new Council(
                "rerank",
                Strategy.FASTEST,
                List.of(
                        Seat.of("qwen3"),
                        Seat.of("phi4"),
                        new Seat("pinned", "any", "attic", 1),
                        new Seat("gone", "any", "cellar", 1)),
                null,
                Terms.USUAL);
        PoolSettings pool = Pools.pool(new PoolSettings.Task(council, true, null, null, null, null));
        return Pools.with(
                new PoolSettings(door, null, null, pool.bounds(), pool.tasks(), null, pool.breaker(), null),
                CacheSettings.USUAL);
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + doors.port() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void put(String name, boolean isWell, String... models) {
        registry.put(House.said(name));
        List<Card> cards = List.of(models).stream().map(Card::named).toList();
        registry.report(
                name,
                isWell
                        ? Report.well(cards, 0, null, Duration.ofMillis(1))
                        : Report.failed("it is off", Duration.ofMillis(1)),
                new Registry.Thresholds(1, 1));
    }

    @Test
    void aMemberIsWellIfAnybodyIsWhoHasItsModel() throws Exception {
        put("desk", true, "qwen3:latest");
        put("attic", true, "llama");
        put("cellar", false);
        doors.open();

        assertThat(get("/health"))
                .isEqualTo("{\"healthy\":false,\"providers\":{\"qwen3\":\"healthy\",\"phi4\":\"unhealthy\","
                        + "\"pinned\":\"healthy\",\"gone\":\"unhealthy\"},\"version\":\"9.9\"}");
        assertThat(doors.pool().health().providers()).containsEntry("phi4", "unhealthy");
    }

    @Test
    void theDoorGoesWhereTheSettingsGo() throws Exception {
        doors.open();
        int before = doors.port();
        settings = at(null);
        doors.change();
        doors.close();
        assertThat(doors.port()).isZero();

        settings = at(new PoolSettings.Door("127.0.0.1", before));
        doors.open();

        assertThat(doors.port()).isEqualTo(before);
        assertThat(get("/health")).contains("9.9");
    }

    @Test
    void whereAnotherListensThatIsSaidAndTheDoorOpensOnceItIsGone() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings = at(new PoolSettings.Door("127.0.0.1", other.getLocalPort()));

            assertThatThrownBy(() -> doors.open())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "LLM Pool's HTTP door cannot listen on 127.0.0.1:" + other.getLocalPort() + ": ")
                    .hasMessageContaining("free that address, or name another in the settings");
            assertThat(doors.port()).isZero();
        }

        doors.change();
        doors.open();

        assertThat(doors.port()).isNotZero();
    }
}

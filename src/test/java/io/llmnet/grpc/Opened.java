package io.llmnet.grpc;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A door on a free port of loopback, over a pool that is scripted. */
final class Opened implements AutoCloseable {
    static final int MOST_BYTES = 64 * 1024;
    static final int CONCURRENT = 2;

    final Vertx vertx = Vertx.vertx();
    final ScriptedPool pool = new ScriptedPool();
    final GrpcDoor door;

    Opened(PoolSettings.@Nullable Tls tls) throws Exception {
        door = open(vertx, pool, 0, tls);
    }

    static GrpcDoor open(Vertx vertx, ScriptedPool pool, int port, PoolSettings.@Nullable Tls tls) throws Exception {
        return GrpcDoor.open(
                        vertx,
                        pool,
                        Opened::settings,
                        GrpcLimits.of(MOST_BYTES, CONCURRENT),
                        new PoolSettings.Door("127.0.0.1", port),
                        tls)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static PoolSettings settings() {
        PoolSettings usual = PoolSettings.USUAL;
        return new PoolSettings(
                null,
                null,
                null,
                new PoolSettings.Bounds(Duration.ofMinutes(10), Duration.ofMinutes(5), 16384, 256),
                Map.of("judge", task("judge"), "haiku", task("haiku")),
                null,
                usual.breaker(),
                null);
    }

    private static PoolSettings.Task task(String name) {
        Council council = new Council(name, Strategy.FASTEST, List.of(Seat.of("m")), null, Terms.USUAL);
        return new PoolSettings.Task(council, true, null, null, null, null);
    }

    @Override
    public void close() {
        door.close(Duration.ZERO)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}

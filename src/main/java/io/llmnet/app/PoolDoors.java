package io.llmnet.app;

import io.llmnet.cache.Answers;
import io.llmnet.dispatch.Timers;
import io.llmnet.ensemble.Councils;
import io.llmnet.ensemble.Standings;
import io.llmnet.grpc.GrpcDoor;
import io.llmnet.grpc.GrpcLimits;
import io.llmnet.http.Limits;
import io.llmnet.http.pool.Infer;
import io.llmnet.http.pool.PoolDoor;
import io.llmnet.pool.ModelPool;
import io.llmnet.pool.Pool;
import io.llmnet.pool.Readiness;
import io.llmnet.registry.Roster;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.PoolSettings;
import io.llmnet.telemetry.pool.PoolMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of models that do tasks, and LLM Pool's doors to it, where the settings have them. */
final class PoolDoors implements AutoCloseable {
    /** What a door that closes gives those inside beyond their deadline. */
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    /** As long as a server may take to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOGGER = LoggerFactory.getLogger(PoolDoors.class);

    private final Vertx vertx;
    private final Supplier<GatewaySettings> settings;
    private final Limits limits;
    private final Pool pool;
    private final LiveTemplates templates;
    private final LiveDoor<PoolSettings.Door> http;
    private final LiveDoor<Secured> grpc;
    private volatile boolean isEnding;

    /**
     * Closed.
     *
     * @param settings as they are now
     * @param answers keeps what councils answer
     * @param standings what is known of the members of councils
     * @param isPipeline whether a pipeline has that name
     * @param roster the backends as they are now
     * @param version of this server
     */
    PoolDoors(
            Vertx vertx,
            Supplier<GatewaySettings> settings,
            Councils councils,
            Answers answers,
            Standings standings,
            Predicate<String> isPipeline,
            Supplier<Roster> roster,
            Timers timers,
            MeterRegistry metrics,
            Limits limits,
            String version) {
        this.vertx = vertx;
        this.settings = settings;
        this.limits = limits;
        this.templates = new LiveTemplates(settings.get().pool().prompts());
        this.pool = new ModelPool(
                settings,
                councils,
                answers,
                templates,
                new Readiness(seat -> new Attendance(isPipeline, settings.get(), roster.get()).isReady(seat), version),
                new PoolMeters(metrics, standings),
                timers,
                System::nanoTime);
        this.http = new LiveDoor<>(
                "LLM Pool's HTTP door", PoolSettings.Door::toString, PoolSettings.Door::port, this::openHttp);
        this.grpc = new LiveDoor<>(
                "LLM Pool's gRPC door",
                secured -> secured.at().toString(),
                secured -> secured.at().port(),
                this::openGrpc);
    }

    /** What the gRPC door is to ask, too. */
    Pool pool() {
        return pool;
    }

    /** The port of the HTTP door; 0 while it is closed. */
    int port() {
        return http.port();
    }

    /** Answers {@code /v1/infer} among all other endpoints. */
    Consumer<HttpServerRequest> page() {
        return Infer.amongOthers(vertx, pool, limits);
    }

    /**
     * At the start: waits until the doors are open.
     *
     * @throws IllegalStateException with a message for people, where one cannot be opened
     */
    void open() {
        try {
            move(settings.get().pool()).toCompletableFuture().join();
        } catch (CompletionException closed) {
            throw new IllegalStateException(reason(closed), closed);
        }
    }

    /** The settings have changed: has the doors where they have them now. Requests that are under way are answered. */
    void change() {
        PoolSettings now = settings.get().pool();
        templates.change(now.prompts());
        move(now).whenComplete((moved, closed) -> {
            if (closed != null) {
                LOGGER.error("{}", reason(closed));
            }
        });
    }

    /** Waits until all are answered, but not for long. */
    @Override
    public void close() {
        isEnding = true;
        templates.close();
        try {
            both(http.change(null), grpc.change(null)).toCompletableFuture().join();
        } catch (CompletionException broken) {
            LOGGER.warn("LLM Pool's doors did not close well: {}", reason(broken));
        }
    }

    private CompletionStage<Void> move(PoolSettings now) {
        PoolSettings.Door at = now.grpc();
        return both(http.change(now.http()), grpc.change(at == null ? null : new Secured(at, now.tls())));
    }

    private static CompletionStage<Void> both(CompletionStage<Void> one, CompletionStage<Void> other) {
        return CompletableFuture.allOf(one.toCompletableFuture(), other.toCompletableFuture());
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    private CompletionStage<LiveDoor.Open> openHttp(PoolSettings.Door at) {
        return PoolDoor.open(vertx, pool, limits, at)
                .thenApply(door -> new Opened(door.port(), () -> door.close(patience())));
    }

    private CompletionStage<LiveDoor.Open> openGrpc(Secured place) {
        Supplier<PoolSettings> now = () -> settings.get().pool();
        GrpcLimits most = GrpcLimits.of(limits.body().toBytes(), limits.concurrent());
        return GrpcDoor.open(vertx, pool, now, most, place.at(), place.tls())
                .thenApply(door -> new Opened(door.port(), () -> door.close(patience())));
    }

    /** A door that moves waits for all who have come through it. */
    private Duration patience() {
        Duration longest = settings.get().pool().bounds().maxDeadline().plus(LAST_WORD);
        return isEnding && longest.compareTo(PATIENCE) > 0 ? PATIENCE : longest;
    }

    /** A door for as long as it is at one place. */
    private record Opened(int port, Supplier<CompletionStage<Void>> closing) implements LiveDoor.Open {
        @Override
        public CompletionStage<Void> close() {
            return closing.get();
        }
    }

    /** Where gRPC is spoken, and how secretly. */
    private record Secured(PoolSettings.Door at, PoolSettings.@Nullable Tls tls) {}
}

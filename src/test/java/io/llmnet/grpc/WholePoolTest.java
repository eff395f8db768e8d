package io.llmnet.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.llmnet.ensemble.Strategy;
import io.llmnet.pool.Pools;
import io.llmnet.pool.ScriptedCouncils.Asked;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The port with the real pool behind it: what LLM Pool's clients rely on. */
class WholePoolTest {
    private final Vertx vertx = Vertx.vertx();
    private final Pools pools = new Pools(
            (nanos, task) -> {
                long timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), id -> task.run());
                return () -> vertx.cancelTimer(timer);
            },
            System::nanoTime);
    private final Client client;

    WholePoolTest() throws Exception {
        pools.settings = Pools.with(Pools.pool(Pools.task("judge", Strategy.VOTING)), CacheSettings.USUAL);
        GrpcDoor door = GrpcDoor.open(
                        vertx,
                        pools.pool,
                        () -> pools.settings.pool(),
                        GrpcLimits.of(Opened.MOST_BYTES, 10),
                        new PoolSettings.Door("127.0.0.1", 0),
                        null)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client = Client.plain(door.port());
    }

    @AfterEach
    void end() {
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task: TASK_JUDGE prompt: 'p' | Invalid query: max_tokens must be positive",
                "task: TASK_JUDGE prompt: 'p' max_tokens: 8 deadline_ms: 2000 | Invalid query: Deadline 2000ms exceeds max 1500ms",
                "task: TASK_JUDGE prompt: 'p' max_tokens: 8 deadline_ms: -5 | Invalid query: Deadline -5ms is negative",
                "task: TASK_SITE_TACTICS prompt: 'p' max_tokens: 8 | Ensemble error: No providers available for task: site_tactics",
            })
    void whatMayNotBeAskedIsRefusedInLlmPoolsWords(String query, String message) {
        StatusRuntimeException refusal = refusal(query);

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription()).startsWith(message);
    }

    @Test
    void promptsHaveALimit() {
        StatusRuntimeException refusal =
                refusal("task: TASK_JUDGE max_tokens: 8 prompt: \"" + "x".repeat(16385) + "\"");

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription())
                .isEqualTo("Invalid query: Prompt size 16385 exceeds max 16384 bytes");
    }

    @Test
    void anUnspecifiedStrategyIsTheTasks() {
        beInNoHurry();

        String answer = client.infer("task: TASK_JUDGE prompt: 'p' max_tokens: 8 request_id: 'r'")
                .toString();

        assertThat(answer)
                .contains("content: \"yes\"", "strategy_used: STRATEGY_VOTING", "request_id: \"r\"")
                .contains("models_queried: \"a\"");
    }

    @Test
    void whatWasAskedBeforeComesFromTheCache() {
        beInNoHurry();
        client.infer("task: TASK_JUDGE prompt: 'p' max_tokens: 8");

        String again =
                client.infer("task: TASK_JUDGE prompt: 'p' max_tokens: 8").toString();
        String fresh = client.infer("task: TASK_JUDGE prompt: 'p' max_tokens: 8 meta {key: 'cache' value: 'no-store'}")
                .toString();

        assertThat(again).contains("from_cache: true", "value: \"CACHE\"").doesNotContain("strategy_used: STRATEGY");
        assertThat(fresh).doesNotContain("from_cache");
        assertThat(pools.councils.asked).hasSize(2);
    }

    @Test
    void theDeadlineIsKept() {
        pools.councils.script = Asked::hang;

        StatusRuntimeException late = refusal("task: TASK_JUDGE prompt: 'p' max_tokens: 8 deadline_ms: 100");

        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    /** So that a slow machine makes no deadline be over. */
    private void beInNoHurry() {
        PoolSettings hurried = pools.settings.pool();
        PoolSettings.Bounds bounds = new PoolSettings.Bounds(Duration.ofMinutes(1), Duration.ofMinutes(1), 16384, 256);
        pools.settings = Pools.with(
                new PoolSettings(null, null, null, bounds, hurried.tasks(), null, hurried.breaker(), null),
                CacheSettings.USUAL);
    }

    private StatusRuntimeException refusal(String query) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> client.infer(query));
    }
}

package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.RedisServer;
import io.llmnet.cache.meaning.Meanings;
import io.llmnet.cache.store.Kept;
import io.llmnet.cache.store.RedisStore;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two caches, as of two processes, over one real Redis. */
class RedisCacheTest {
    private static final Keeping KEPT = new Keeping("key", Duration.ofMinutes(1), true, true, null);

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService home = Executors.newSingleThreadExecutor();
    private final AtomicLong pauses = new AtomicLong(1);
    private final AtomicInteger asked = new AtomicInteger();
    private RedisServer redis;
    private AnswerCache one;
    private AnswerCache other;

    /** What came of one call. */
    private record Told(String given, String body) {}

    @BeforeEach
    void open() {
        redis = RedisServer.start();
        one = cache();
        other = cache();
    }

    @AfterEach
    void close() throws Exception {
        if (redis != null) {
            one.close();
            other.close();
            redis.close();
        }
        home.shutdown();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatOneKeptTheOtherGives() throws Exception {
        Told first = done(ask(one, this::answers));
        awaitKept();
        Told second = done(ask(other, this::answers));

        assertThat(first.given()).isEqualTo("miss");
        assertThat(second).isEqualTo(new Told("hit", "{\"asked\":1}"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aThousandAtOnceAskOnce() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        List<CompletableFuture<Told>> told = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            told.add(ask(one, call -> go.thenCompose(nothing -> answers(call))));
        }
        go.complete(null);

        for (CompletableFuture<Told> each : told) {
            assertThat(done(each).body()).isEqualTo("{\"asked\":1}");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void withoutRedisAllIsAskedAndNothingFails() throws Exception {
        done(ask(one, this::answers));
        awaitKept();
        redis.kill();

        assertThat(done(ask(other, this::answers))).isEqualTo(new Told("miss", "{\"asked\":2}"));
        assertThat(one.failures() + other.failures()).isPositive();

        redis.again();
        until(() -> {
            pauses.addAndGet(TimeUnit.MINUTES.toNanos(1));
            return ask(other, this::answers).join().given().equals("hit");
        });
    }

    @Test
    void aStoreThatIsReplacedLeavesWhatIsUnderWay() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Told> under = ask(one, call -> go.thenCompose(nothing -> answers(call)));
        one.use(store());
        go.complete(null);

        assertThat(done(under).given()).isEqualTo("miss");
        awaitKept();
        assertThat(done(ask(other, this::answers)).body()).isEqualTo("{\"asked\":1}");
    }

    /** An answer is told before Redis has said that it has it. */
    private void awaitKept() {
        try (RedisStore store = store()) {
            until(() -> store.read("key").toCompletableFuture().join().isPresent());
        }
    }

    /** One that has connected already: who finds it connecting does not wait for long. */
    private RedisStore store() {
        RedisStore store = new RedisStore(vertx, redis.url(), pauses::get);
        Kept kept = new Kept(200, "application/json", Map.of(), List.of(), new byte[1], 0, true);
        until(() -> {
            pauses.addAndGet(TimeUnit.MINUTES.toNanos(1));
            store.write("warm", kept, Duration.ofMinutes(1))
                    .toCompletableFuture()
                    .join();
            return store.read("warm").toCompletableFuture().join().isPresent();
        });
        return store;
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private AnswerCache cache() {
        return new AnswerCache(
                store(),
                new Meanings(
                        (texts, errand) ->
                                CompletableFuture.failedFuture(new ChatException(Fault.NO_BACKEND, "none here")),
                        System::nanoTime),
                (nanos, task) -> {
                    long timer = vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), id -> task.run());
                    return () -> vertx.cancelTimer(timer);
                },
                System::nanoTime,
                InstantSource.system(),
                1 << 20);
    }

    private CompletableFuture<Told> ask(AnswerCache cache, Function<Call, CompletionStage<Answer>> asks) {
        Call call = Asker.chat(false, System.nanoTime() + TimeUnit.MINUTES.toNanos(1), home);
        CompletableFuture<Told> told = new CompletableFuture<>();
        home.execute(() -> cache.answer(call, KEPT, asks)
                .thenCompose(answer -> answer.body()
                        .whole()
                        .thenApply(body -> new Told(
                                String.valueOf(answer.headers().get("x-llmnet-cache")), new String(body, UTF_8))))
                .whenComplete((one, why) -> {
                    if (one != null) {
                        told.complete(one);
                    } else {
                        told.completeExceptionally(why);
                    }
                }));
        return told;
    }

    private CompletionStage<Answer> answers(Call call) {
        byte[] body = ("{\"asked\":" + asked.incrementAndGet() + "}").getBytes(UTF_8);
        return CompletableFuture.completedFuture(Answer.of(200, "application/json", ByteStream.of(body)));
    }

    private static <T> T done(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}

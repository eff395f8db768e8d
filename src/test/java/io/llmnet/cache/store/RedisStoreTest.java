package io.llmnet.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in a real Redis; pauses go by a clock that is moved by hand. */
class RedisStoreTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Kept KEPT = new Kept(
            200,
            "application/json",
            Map.of("x-llmnet-backend", "b1"),
            List.of("hop"),
            "{\"content\":\"é\"}".getBytes(UTF_8),
            1234,
            true);

    private static Vertx vertx;

    private final AtomicLong now = new AtomicLong(1);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void whatWasWrittenIsReadByAnotherToo() throws Exception {
        RedisServer redis = redis();
        RedisStore one = store(redis.url());
        connected(one);
        RedisStore other = store(redis.url());
        connected(other);
        done(one.write("key", KEPT, LONG));

        Kept read = done(other.read("key")).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(KEPT);
        assertThat(done(other.read("none"))).isEmpty();
    }

    @Test
    void redisItselfForgets() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        done(store.write("brief", KEPT, Duration.ofMillis(1)));

        assertThat(ask(redis.url(), Command.PTTL, "llmnet:answer:key").toLong()).isBetween(1L, LONG.toMillis());
        eventually(() -> done(store.read("brief")).isEmpty());
        assertThat(ask(redis.url(), Command.PTTL, "llmnet:answer:brief").toLong())
                .isEqualTo(-2);
    }

    @Test
    void aRedisThatDiesHasNothingAndIsUsedAgainWhenItIsBack() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        redis.kill();

        assertThat(done(store.read("key"))).isEmpty();
        done(store.write("key", KEPT, LONG));
        long failures = store.failures();
        assertThat(failures).isPositive();
        assertThat(done(store.read("key"))).isEmpty();
        assertThat(store.failures()).as("it is left alone for a while").isEqualTo(failures);

        redis.again();
        connected(store);
        done(store.write("key", KEPT, LONG));
        assertThat(done(store.read("key"))).isPresent();
    }

    @Test
    void whatIsUnderWayWhenItDiesHasNothing() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        redis.hold();
        List<CompletableFuture<Optional<Kept>>> reads = IntStream.range(0, 100)
                .mapToObj(i -> store.read("key").toCompletableFuture())
                .toList();
        redis.kill();

        for (CompletableFuture<Optional<Kept>> read : reads) {
            assertThat(read.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void aRedisThatSaysNothingHasNothing() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        redis.hold();

        assertThat(done(store.read("key"))).isEmpty();
        done(store.write("key", KEPT, LONG));
        pause();
        long failures = store.failures();
        assertThat(done(store.read("key"))).as("it cannot even be connected to").isEmpty();
        eventually(() -> store.failures() > failures);

        redis.goOn();
        connected(store);
        assertThat(done(store.read("key"))).isPresent();
    }

    @Test
    void aRedisThatIsFullIsReadAllTheSame() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        ask(redis.url(), Command.CONFIG, "SET", "maxmemory", "1");

        done(store.write("other", KEPT, LONG));

        assertThat(store.failures()).isEqualTo(1);
        assertThat(done(store.read("key"))).isPresent();
        ask(redis.url(), Command.CONFIG, "SET", "maxmemory", "0");
        pause();
        done(store.write("other", KEPT, LONG));
        assertThat(done(store.read("other"))).isPresent();
    }

    @Test
    void aPasswordIsSaid() throws Exception {
        RedisServer redis = redis("--requirepass", "s/e+cret");
        RedisStore store = store(redis.url("s%2Fe%2Bcret"));
        connected(store);
        done(store.write("key", KEPT, LONG));

        assertThat(done(store.read("key"))).isPresent();
    }

    @Test
    void aWrongPasswordFindsNothing() throws Exception {
        RedisServer redis = redis("--requirepass", "right");
        RedisStore store = store(redis.url("wrong"));
        done(store.write("key", KEPT, LONG));

        assertThat(done(store.read("key"))).isEmpty();
        assertThat(store.failures()).isEqualTo(1);
    }

    @Test
    void nobodyThereFindsNothing() throws Exception {
        RedisServer redis = redis();
        redis.kill();

        assertThat(done(store(redis.url()).read("key"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "redis://127.0.0.1:1/first", "redis://[", "nowhere"})
    void anAddressThatIsNoneFindsNothing(String url) {
        assertThat(done(store(url).read("key"))).isEmpty();
    }

    @Test
    void whatAnotherVersionWroteIsNoAnswer() throws Exception {
        RedisServer redis = redis();
        ask(redis.url(), Command.SET, "llmnet:answer:key", "{\"v\":2}");
        RedisStore store = store(redis.url());
        connected(store);

        assertThat(done(store.read("key"))).isEmpty();
        assertThat(store.failures()).isZero();
    }

    @Test
    void manyAtOnceGoOverOneConnection() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        List<CompletableFuture<Optional<Kept>>> reads = IntStream.range(0, 2000)
                .mapToObj(i -> store.read("key").toCompletableFuture())
                .toList();
        for (CompletableFuture<Optional<Kept>> read : reads) {
            assertThat(read.get(10, TimeUnit.SECONDS)).isPresent();
        }

        // the one that asks is the other
        assertThat(ask(redis.url(), Command.INFO, "clients").toString()).contains("connected_clients:2");
    }

    @Test
    void aClosedStoreHasNothing() throws Exception {
        RedisServer redis = redis();
        RedisStore store = store(redis.url());
        connected(store);
        done(store.write("key", KEPT, LONG));
        store.close();

        assertThat(done(store.read("key"))).isEmpty();
    }

    private void pause() {
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }

    private RedisServer redis(String... options) {
        RedisServer redis = RedisServer.start(options);
        opened.add(redis);
        return redis;
    }

    private RedisStore store(String url) {
        RedisStore store = new RedisStore(vertx, url, now::get);
        opened.add(0, store);
        return store;
    }

    /** Until it has connected: who finds it connecting does not wait for long. */
    private void connected(RedisStore store) {
        eventually(() -> {
            pause();
            done(store.write("warm", KEPT, LONG));
            return done(store.read("warm")).isPresent();
        });
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Response ask(String url, Command command, String... arguments) {
        Redis redis = Redis.createClient(vertx, url);
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        Response reply = done(redis.send(request).toCompletionStage());
        redis.close();
        return reply;
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}

package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.cache.meaning.Meanings;
import io.llmnet.cache.store.MemoryStore;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many who ask the same at the same time, on many threads. */
class SharingStormTest {
    private static final int CHUNKS = 300;
    private static final String CHUNK = "data: {\"choices\":[{\"text\":\"piece of an answer\"}]}\n\n";
    private static final String SAID = CHUNK.repeat(CHUNKS);

    private final List<ExecutorService> homes = LongStream.range(0, 8)
            .mapToObj(i -> Executors.newSingleThreadExecutor())
            .toList();
    private final AtomicInteger asks = new AtomicInteger();
    private final AnswerCache cache = new AnswerCache(
            new MemoryStore(100, 10 << 20, System::nanoTime),
            new Meanings((texts, errand) -> new CompletableFuture<>(), System::nanoTime),
            (nanos, task) -> () -> {},
            System::nanoTime,
            InstantSource.system(),
            1 << 30);

    @AfterEach
    void end() {
        homes.forEach(ExecutorService::shutdown);
    }

    static LongStream seeds() {
        return LongStream.range(0, 10);
    }

    @Test
    void aThousandAtOnceAskOnceAndHearTheSame() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            visitors.add(visits(homes.get(i % homes.size()), Integer.MAX_VALUE, Integer.MAX_VALUE, go));
        }
        go.complete(null);

        for (Visitor visitor : visitors) {
            assertThat(visitor.heard()).isEqualTo(SAID);
        }
        assertThat(asks).hasValue(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoStaysHearsAllWhoeverLeavesOrDawdles(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Visitor> staying = new ArrayList<>();
        List<Visitor> leaving = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            ExecutorService home = homes.get(random.nextInt(homes.size()));
            boolean leaves = random.nextInt(3) == 0;
            int leavesAfter = leaves ? random.nextInt(SAID.length()) : Integer.MAX_VALUE;
            int dawdlesAfter = random.nextInt(3) == 0 ? random.nextInt(SAID.length()) : Integer.MAX_VALUE;
            (leaves ? leaving : staying)
                    .add(visits(home, leavesAfter, dawdlesAfter, CompletableFuture.completedFuture(null)));
        }

        for (Visitor visitor : staying) {
            assertThat(visitor.heard()).isEqualTo(SAID);
        }
        for (Visitor visitor : leaving) {
            assertThat(SAID).startsWith(visitor.heard());
        }
        assertThat(asks.get()).isBetween(1, leaving.size() + 1);
    }

    private Visitor visits(ExecutorService home, int leavesAfter, int dawdlesAfter, CompletableFuture<Void> go) {
        long until = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
        Call call = Asker.call(Call.Dialect.COMPLETIONS, true, false, "{}", Map.of(), until, home);
        Visitor visitor = new Visitor(call, leavesAfter, dawdlesAfter);
        home.execute(() -> cache.answer(call, Scene.KEPT, own -> {
                    asks.incrementAndGet();
                    return go.thenApply(nothing -> Answer.of(200, "text/event-stream", new Spring(own)));
                })
                .whenComplete((answer, why) -> visitor.told(answer)));
        return visitor;
    }

    /** A stream that flows by itself, a chunk at a time, on the home of who asked. */
    private static final class Spring implements ByteStream {
        private final Call call;
        private int left = CHUNKS;
        private volatile boolean cancelled;

        Spring(Call call) {
            this.call = call;
        }

        @Override
        public void read(Reader reader) {
            call.home().execute(() -> flow(reader));
        }

        private void flow(Reader reader) {
            if (cancelled || call.cancel().isCancelled()) {
                reader.failed(new ChatException(Fault.CANCELLED, "left"));
            } else if (left == 0) {
                reader.end();
            } else {
                left--;
                reader.bytes(CHUNK.getBytes(UTF_8));
                read(reader);
            }
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** Hears an answer, and may pause, or leave, once it has heard so much. */
    private static final class Visitor implements ByteStream.Reader {
        private final Call call;
        private final int leavesAfter;
        private final int dawdlesAfter;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final CompletableFuture<String> all = new CompletableFuture<>();
        private boolean hasDawdled;
        private ByteStream body = ByteStream.of(new byte[0]);

        Visitor(Call call, int leavesAfter, int dawdlesAfter) {
            this.call = call;
            this.leavesAfter = leavesAfter;
            this.dawdlesAfter = dawdlesAfter;
        }

        String heard() throws Exception {
            return all.get(30, TimeUnit.SECONDS);
        }

        void told(@Nullable Answer answer) {
            if (answer == null) {
                end();
                return;
            }
            body = answer.body();
            body.read(this);
        }

        @Override
        public void bytes(byte[] chunk) {
            heard.writeBytes(chunk);
            if (heard.size() > leavesAfter) {
                call.cancel().cancel();
                body.cancel();
                end();
            } else if (heard.size() > dawdlesAfter && !hasDawdled) {
                hasDawdled = true;
                body.pause();
                call.home().execute(() -> call.home().execute(body::resume));
            }
        }

        @Override
        public void end() {
            all.complete(heard.toString(UTF_8));
        }

        @Override
        public void failed(ChatException why) {
            end();
        }
    }
}

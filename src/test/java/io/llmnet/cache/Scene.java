package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.cache.meaning.Meanings;
import io.llmnet.cache.store.MemoryStore;
import io.llmnet.cache.store.Store;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.dispatch.VirtualTime;
import io.llmnet.embedding.Embeddings;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A cache on a clock that stands still, and who is asked, who says what a test has it say. */
final class Scene {
    static final long MOST_SHARED = 1L << 30;
    static final Keeping KEPT = new Keeping("key", Duration.ofMinutes(1), true, true, null);

    /** One call that has come through to who is asked. */
    record Asked(Call call, CompletableFuture<Answer> answer) {
        Source streams() {
            Source source = new Source();
            answer.complete(new Answer(200, "text/event-stream", source, List.of("hop"), Usage.NONE, headers()));
            return source;
        }

        Source begins(int status, String contentType) {
            Source source = new Source();
            answer.complete(Answer.of(status, contentType, source).telling(headers()));
            return source;
        }

        void says(String json) {
            answer.complete(Answer.of(200, "application/json", ByteStream.of(json.getBytes(UTF_8)))
                    .telling(headers()));
        }

        void says(Answer whole) {
            answer.complete(whole);
        }

        void fails(Fault fault) {
            answer.completeExceptionally(new ChatException(fault, "so it was told"));
        }

        private static Map<String, String> headers() {
            return Map.of("x-llmnet-backend", "b1", "x-llmnet-attempts", "2");
        }
    }

    final VirtualTime time = new VirtualTime();
    final List<Asked> asked = new ArrayList<>();
    final AnswerCache cache;

    Scene() {
        this((texts, errand) -> CompletableFuture.failedFuture(new ChatException(Fault.NO_BACKEND, "none here")));
    }

    Scene(Embeddings embeddings) {
        this(embeddings, MOST_SHARED);
    }

    Scene(Embeddings embeddings, long mostShared) {
        Store store = new MemoryStore(100, 10 << 20, time::nanoTime);
        this.cache = new AnswerCache(
                store,
                new Meanings(embeddings, time::nanoTime),
                (nanos, task) -> time.after(nanos, task)::cancel,
                time::nanoTime,
                () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(time.nanoTime())),
                mostShared);
    }

    Asker asks(boolean stream) {
        return asks(stream, KEPT);
    }

    Asker asks(boolean stream, Keeping keeping) {
        return asks(stream, keeping, 60);
    }

    /** Asks, with so many seconds left. */
    Asker asks(boolean stream, Keeping keeping, long seconds) {
        return asks(Asker.chat(stream, time.nanoTime() + TimeUnit.SECONDS.toNanos(seconds), Runnable::run), keeping);
    }

    Asker asks(Call call, Keeping keeping) {
        Asker asker = new Asker(call);
        cache.answer(call, keeping, this::ask).whenComplete(asker::told);
        return asker;
    }

    Asked asked(int at) {
        return asked.get(at);
    }

    private CompletionStage<Answer> ask(Call call) {
        Asked one = new Asked(call, new CompletableFuture<>());
        asked.add(one);
        return one.answer();
    }
}

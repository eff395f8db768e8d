package io.llmnet.pool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmnet.chat.Cancel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that is sent again as it was answered before, so that a client may repeat what it is not sure of. It is
 * the same request if it has the same id, tenant, and everything else but the time, of which a client who repeats has less
 * left: clients have been seen to use one id for all. This is no cache, and goes on where there is none.
 *
 * <p>Failures are not kept. Who repeats what is still being answered waits for that answer with the first; it is given up
 * when nobody waits any more. Safe from any thread.
 */
final class Repeats {
    private static final int MOST_CHARS = 16_000_000;
    private static final int ENTRY_CHARS = 500;
    private static final Duration FOR = Duration.ofMinutes(15);

    private final Cache<String, Inference> kept;
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    Repeats(LongSupplier nanos) {
        this.kept = Caffeine.newBuilder()
                .maximumWeight(MOST_CHARS)
                .weigher((String key, Inference answer) -> ENTRY_CHARS
                        + answer.content().length()
                        + answer.reason().length())
                .expireAfterWrite(FOR)
                .ticker(nanos::getAsLong)
                .build();
    }

    /** What is being answered. */
    private static final class Flight {
        final CompletableFuture<Inference> result = new CompletableFuture<>();
        final Cancel cancel = new Cancel();
        private int waiting = 1;

        /** One more waits for it; not for one that is given up. */
        synchronized boolean join() {
            return waiting > 0 && ++waiting > 0;
        }

        void leave() {
            if (left() == 0) {
                cancel.cancel();
            }
        }

        private synchronized int left() {
            return --waiting;
        }
    }

    /**
     * The answer to a query.
     *
     * @param cancel fires when its client does not wait any more
     * @param ask asks for it, until the cancel that it is given fires
     */
    CompletionStage<Inference> answer(Query query, Cancel cancel, Function<Cancel, CompletionStage<Inference>> ask) {
        String key = key(query);
        if (key == null) {
            return ask.apply(cancel);
        }
        Inference known = kept.getIfPresent(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known.again());
        }
        Flight mine = new Flight();
        Flight flight = flights.compute(key, (same, there) -> there != null && there.join() ? there : mine);
        cancel.onCancel(flight::leave);
        if (flight == mine) {
            return fly(key, mine, ask);
        }
        return flight.result.thenApply(Inference::again);
    }

    private CompletionStage<Inference> fly(String key, Flight mine, Function<Cancel, CompletionStage<Inference>> ask) {
        Inference known = kept.getIfPresent(key); // another may have landed since it was looked for
        CompletionStage<Inference> answer =
                known == null ? ask.apply(mine.cancel) : CompletableFuture.completedFuture(known.again());
        return answer.whenComplete((inference, failure) -> {
            if (known == null && inference != null) {
                kept.put(key, inference);
            }
            flights.remove(key, mine);
            if (inference == null) {
                mine.result.completeExceptionally(failure);
            } else {
                mine.result.complete(inference);
            }
        });
    }

    private static @Nullable String key(Query query) {
        if (query.requestId() == null || query.requestId().isEmpty()) {
            return null;
        }
        return new Fields()
                .add("request_id", query.requestId())
                .add("credentials", query.caller().credentials())
                .add("tenant", query.tenant())
                .add("project", query.project())
                .add("task", query.task())
                .add("prompt", query.prompt())
                .add("max_tokens", query.maxTokens())
                .add("strategy", query.strategy())
                .add("profile", query.profile())
                .add("cache", query.caller().cache())
                .key();
    }
}

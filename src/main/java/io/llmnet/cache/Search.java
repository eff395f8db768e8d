package io.llmnet.cache;

import io.llmnet.cache.meaning.Likes;
import io.llmnet.cache.store.Kept;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks among what is kept for what one who waits would take: the very same, then what means the same. */
final class Search {
    private static final long PATIENCE_NANOS = 500_000_000;
    private static final int SHARE_OF_TIME = 10;

    private final AnswerCache cache;
    private final Waiter waiter;
    private final Keeping keeping;
    private volatile @Nullable Likes likes;

    /** What was found, and how. */
    record Found(Kept kept, Given how) {}

    Search(AnswerCache cache, Waiter waiter) {
        this.cache = cache;
        this.waiter = waiter;
        this.keeping = waiter.keeping();
    }

    /** What was found, if anything; never fails, completes on any thread. */
    CompletionStage<Optional<Found>> result() {
        if (!keeping.reads() || keeping.ttl().isZero()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return read(keeping.key(), Given.HIT)
                .thenCompose(same -> same.isPresent() ? CompletableFuture.completedStage(same) : alike());
    }

    private CompletionStage<Optional<Found>> read(String key, Given how) {
        return cache.store()
                .read(key)
                .thenApply(kept -> kept.filter(waiter.asking()::takes).map(one -> new Found(one, how)));
    }

    private CompletionStage<Optional<Found>> alike() {
        Keeping.Meaning meaning = keeping.meaning();
        return meaning == null
                ? CompletableFuture.completedStage(Optional.empty())
                : inTime(cache.meanings()
                                .like(meaning.scope(), meaning.question(), meaning.threshold(), waiter.call())
                                .thenApply(this::noted))
                        .thenCompose(this::liked);
    }

    /** Nothing is liked by whoever compares for too long: most of the time is for who is asked. */
    private CompletionStage<Likes> inTime(CompletionStage<Likes> comparing) {
        CompletableFuture<Likes> first = new CompletableFuture<>();
        long most = Math.min(PATIENCE_NANOS, waiter.asking().leftNanos() / SHARE_OF_TIME);
        Runnable off = cache.alarm().after(most, () -> first.complete(Likes.NOTHING));
        comparing.whenComplete((found, never) -> {
            off.run();
            first.complete(found == null ? Likes.NOTHING : found);
        });
        return first;
    }

    private Likes noted(Likes found) {
        likes = found;
        return found;
    }

    private CompletionStage<Optional<Found>> liked(Likes found) {
        String key = found.key();
        return key == null ? CompletableFuture.completedStage(Optional.empty()) : read(key, Given.SIMILAR);
    }

    /** Remembers what was asked, now that there is an answer; of use where it has been compared by then. */
    void learn(Duration ttl) {
        Keeping.Meaning meaning = keeping.meaning();
        Likes asked = likes;
        if (meaning != null && asked != null) {
            cache.meanings().learn(meaning.scope(), asked, keeping.key(), ttl);
        }
    }
}

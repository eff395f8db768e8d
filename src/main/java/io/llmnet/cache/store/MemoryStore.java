package io.llmnet.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps answers in this process' memory; those that are asked for seldom go first. */
public final class MemoryStore implements Store {
    private record Entry(Kept kept, Duration ttl) {}

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final Cache<String, Entry> entries;

    /**
     * With nothing in it.
     *
     * @param most how many entries at most
     * @param bytes how large they may be together
     * @param nanoTime the clock by which they age
     */
    public MemoryStore(int most, long bytes, LongSupplier nanoTime) {
        // Caffeine bounds the number or the weight. An entry that weighs its share at least bounds both.
        int share = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / Math.max(1, most)));
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String key, Entry entry) ->
                        Math.max(share, entry.kept().bytes()))
                .expireAfter(Expiry.writing((String key, Entry entry) -> entry.ttl()))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public CompletionStage<Optional<Kept>> read(String key) {
        @Nullable Entry entry = entries.getIfPresent(key);
        return CompletableFuture.completedStage(Optional.ofNullable(entry).map(Entry::kept));
    }

    @Override
    public CompletionStage<Void> write(String key, Kept kept, Duration ttl) {
        entries.put(key, new Entry(kept, ttl));
        return DONE;
    }

    @Override
    public long entries() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    @Override
    public long failures() {
        return 0;
    }

    @Override
    public void close() {
        entries.invalidateAll();
    }
}

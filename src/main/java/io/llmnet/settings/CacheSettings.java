package io.llmnet.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where answers are kept.
 *
 * @param tasks whether answers of tasks are kept
 * @param chats whether answers to chats, completions and embeddings are kept: where a file has a section {@code cache}
 * @param url of the Redis server, {@code redis://host:6379/0}; null for memory. May hold a password
 * @param ttl how long an answer is kept
 * @param entries at most, in memory
 * @param size of all of them at most, in bytes, in memory
 * @param semantic from which likeness of what is asked on, 0 to 1, an answer to one is an answer to the other; null for
 *     never
 */
public record CacheSettings(
        boolean tasks,
        boolean chats,
        @Nullable String url,
        Duration ttl,
        int entries,
        long size,
        @Nullable Double semantic) {
    public static final CacheSettings USUAL =
            new CacheSettings(true, false, null, Duration.ofMinutes(15), 10_000, 256L << 20, null);

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "CacheSettings[" + (url == null ? "memory" : "redis") + ", ttl=" + ttl + "]";
    }
}

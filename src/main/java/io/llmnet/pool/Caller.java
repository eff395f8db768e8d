package io.llmnet.pool;

import io.llmnet.cache.key.CacheControl;
import io.llmnet.cache.key.Tenant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a query, and what of the cache he wants.
 *
 * @param credentials a digest of the keys that he shows; not to be shown to anybody
 */
public record Caller(String credentials, CacheControl cache) {
    /**
     * As a request tells.
     *
     * @param header finds a header by its lower-case name, null when absent
     * @param wish of the cache, told elsewhere, in the words of {@code cache-control}; null for none
     */
    public static Caller of(UnaryOperator<@Nullable String> header, @Nullable String wish) {
        return new Caller(Tenant.of(header), CacheControl.of(header).and(wish));
    }
}

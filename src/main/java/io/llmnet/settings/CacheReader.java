package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what llmnet.yaml says of answers that are kept. */
final class CacheReader {
    private static final double USUAL_LIKENESS = 0.95;
    private static final String EXAMPLE = "like redis://127.0.0.1:6379/0";

    /** Where answers can be. */
    enum Store {
        MEMORY,
        REDIS
    }

    private CacheReader() {}

    static CacheSettings read(@Nullable Section cache) {
        CacheSettings usual = CacheSettings.USUAL;
        if (cache == null) {
            return usual;
        }
        Integer entries = cache.integer("entries", 1, PoolVocabulary.MOST_ENTRIES);
        Long size = cache.size("size");
        CacheSettings settings = new CacheSettings(
                or(cache.truth("tasks"), usual.tasks()),
                or(cache.truth("chats"), true),
                url(cache),
                or(cache.duration("ttl"), usual.ttl()),
                or(entries, usual.entries()),
                or(size, usual.size()),
                semantic(cache.section("semantic")));
        cache.close();
        return settings;
    }

    private static @Nullable Double semantic(@Nullable Section semantic) {
        if (semantic == null) {
            return null;
        }
        boolean counts = or(semantic.truth("enabled"), true);
        double threshold = or(semantic.decimal("threshold", 0, 1), USUAL_LIKENESS);
        semantic.close();
        return counts ? threshold : null;
    }

    /** Of the Redis server; null for memory, or where it cannot be used, which is a problem by then. */
    private static @Nullable String url(Section cache) {
        Store store = Choice.read(cache, "store", Store.class);
        boolean isNamed = cache.has("url");
        if (store == Store.MEMORY || (store == null && (cache.has("store") || !isNamed))) {
            if (isNamed && store == Store.MEMORY) {
                cache.warning("url", "has no effect with the store memory; write \"store\": \"redis\"");
            }
            return null;
        }
        for (String key : List.of("entries", "size")) {
            if (cache.has(key)) {
                cache.warning(key, "has no effect with the store redis, which has limits of its own; take it out");
            }
        }
        return redis(cache, "store");
    }

    /**
     * Where the Redis server is; null where it cannot be used, which is a problem by then.
     *
     * @param store the key by which Redis is wanted
     */
    static @Nullable String redis(Section cache, String store) {
        if (!cache.has("url")) {
            cache.error(store, "redis needs a \"url\" " + EXAMPLE);
            return null;
        }
        String url = cache.required("url") == null ? null : cache.expanded("url");
        String complaint = url == null ? null : complaint(url.strip());
        if (complaint != null) {
            cache.error("url", complaint);
        }
        return url == null || complaint != null ? null : url.strip();
    }

    /** What is wrong with an address, without a piece of it: it may hold a password. */
    private static @Nullable String complaint(String url) {
        try {
            URI uri = new URI(url);
            boolean isRedis = Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme()));
            return isRedis && uri.getHost() != null ? null : "must be the address of a Redis server, " + EXAMPLE;
        } catch (URISyntaxException wrong) {
            return "is not an address; write it " + EXAMPLE;
        }
    }
}

package io.llmnet.telemetry.gateway;

import io.llmnet.cache.AnswerCache;
import io.llmnet.cache.Given;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows where answers came from: kept, shared, or asked for. */
public final class CacheMeters {
    /** Of a cache, from now on. */
    public CacheMeters(MeterRegistry meters, AnswerCache cache) {
        for (Given given : Given.values()) {
            FunctionCounter.builder(
                            "llmnet.cache.requests", cache, one -> one.counts().of(given))
                    .description("requests to the cache, by where the answer came from")
                    .tag("result", given.word())
                    .register(meters);
        }
        FunctionCounter.builder("llmnet.cache.store.failures", cache, AnswerCache::failures)
                .description("times that the store of answers could not be used")
                .register(meters);
        Gauge.builder("llmnet.cache.entries", cache, AnswerCache::entries)
                .description("answers that are kept in memory")
                .register(meters);
        Gauge.builder("llmpool.cache.hit.ratio", cache, one -> one.counts().hitRatio())
                .description("the share of requests to the cache that what was kept has answered, since the start")
                .register(meters);
    }
}

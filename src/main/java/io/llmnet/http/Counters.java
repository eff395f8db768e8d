package io.llmnet.http;

import io.llmnet.chat.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts requests, their time and their tokens, by model id and status. */
final class Counters {
    /** Where a backend takes any name, callers may invent as many as they like. */
    private static final int MOST_MODELS = 1000;

    private static final int LONGEST_MODEL = 256;
    private static final String OTHER = "other";

    private record Key(String model, int status) {}

    private record Meters(Timer time, Counter promptTokens, Counter completionTokens) {}

    private final MeterRegistry registry;
    private final Set<String> models = ConcurrentHashMap.newKeySet();
    private final Map<Key, Meters> meters = new ConcurrentHashMap<>();
    private final AtomicInteger active = new AtomicInteger();

    Counters(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("llmnet.requests.active", active);
    }

    void begin() {
        active.incrementAndGet();
    }

    void end(String model, int status, long nanos, Usage usage) {
        active.decrementAndGet();
        Meters counted = meters.computeIfAbsent(new Key(label(model), status), this::meters);
        counted.time().record(nanos, TimeUnit.NANOSECONDS);
        if (!usage.isNone()) {
            counted.promptTokens().increment((double) usage.promptTokens());
            counted.completionTokens().increment((double) usage.completionTokens());
        }
    }

    int active() {
        return active.get();
    }

    /** The name itself, or one for all that are too many or too long. */
    private String label(String model) {
        if (models.contains(model)) {
            return model;
        }
        if (models.size() >= MOST_MODELS || model.length() > LONGEST_MODEL) {
            return OTHER;
        }
        models.add(model);
        return model;
    }

    private Meters meters(Key key) {
        String status = Integer.toString(key.status());
        return new Meters(
                Timer.builder("llmnet.request.duration")
                        .description(
                                "time from a request's body to its answer's end; its count is the number of requests")
                        .tag("model", key.model())
                        .tag("status", status)
                        .register(registry),
                tokens("prompt", key.model(), status),
                tokens("completion", key.model(), status));
    }

    private Counter tokens(String kind, String model, String status) {
        return Counter.builder("llmnet.tokens")
                .description("tokens used by all model calls made for requests")
                .tag("kind", kind)
                .tag("model", model)
                .tag("status", status)
                .register(registry);
    }
}

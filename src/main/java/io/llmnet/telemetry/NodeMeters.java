package io.llmnet.telemetry;

import io.llmnet.camel.watch.Ended;
import io.llmnet.pipeline.Node;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What is counted of one node. A pipeline's file names all that a label can be. */
final class NodeMeters {
    private record Choice(String chosen, String how) {}

    private final MeterRegistry registry;
    private final Tags tags;
    private final AtomicInteger active = new AtomicInteger();
    private final Gauge gauge;
    private final Map<Ended.Outcome, Timer> times = new EnumMap<>(Ended.Outcome.class);
    private final Counter promptTokens;
    private final Counter completionTokens;
    private final Map<Choice, Counter> choices = new ConcurrentHashMap<>();

    NodeMeters(MeterRegistry registry, String pipeline, String node) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline, "node", node);
        this.gauge = Gauge.builder("llmnet.node.active", active, AtomicInteger::doubleValue)
                .description("questions of a node to its model that are not answered yet")
                .tags(tags)
                .register(registry);
        for (Ended.Outcome outcome : Ended.Outcome.values()) {
            times.put(
                    outcome,
                    Timer.builder("llmnet.node.duration")
                            .description("time from a node's question to its answer's end")
                            .tags(tags.and("outcome", outcome.word()))
                            .register(registry));
        }
        this.promptTokens = tokens("prompt");
        this.completionTokens = tokens("completion");
    }

    void asks() {
        active.incrementAndGet();
    }

    void ended(Ended end) {
        active.decrementAndGet();
        time(end.outcome()).record(end.nanos(), TimeUnit.NANOSECONDS);
        if (!end.usage().isNone()) {
            promptTokens.increment((double) end.usage().promptTokens());
            completionTokens.increment((double) end.usage().completionTokens());
        }
    }

    void chose(Node chosen, String how) {
        choices.computeIfAbsent(new Choice(chosen.name(), how), this::counter).increment();
    }

    int active() {
        return active.get();
    }

    long count(Ended.Outcome outcome) {
        return time(outcome).count();
    }

    /** The mean time of what has ended, in milliseconds; 0 where nothing has. */
    double meanMillis() {
        long count = times.values().stream().mapToLong(Timer::count).sum();
        double total = times.values().stream()
                .mapToDouble(time -> time.totalTime(TimeUnit.MILLISECONDS))
                .sum();
        return count == 0 ? 0 : total / count;
    }

    long promptTokens() {
        return (long) promptTokens.count();
    }

    long completionTokens() {
        return (long) completionTokens.count();
    }

    /** How often a node was chosen here, whatever the reason. */
    long chosen(String node) {
        return choices.entrySet().stream()
                .filter(choice -> choice.getKey().chosen().equals(node))
                .mapToLong(choice -> (long) choice.getValue().count())
                .sum();
    }

    void remove() {
        Stream<Meter> fixed = Stream.concat(Stream.of(gauge, promptTokens, completionTokens), times.values().stream());
        Stream.concat(fixed, choices.values().stream()).toList().forEach(registry::remove);
    }

    private Timer time(Ended.Outcome outcome) {
        Timer time = times.get(outcome);
        if (time == null) {
            throw new IllegalStateException("nothing counts what is " + outcome);
        }
        return time;
    }

    private Counter tokens(String kind) {
        return Counter.builder("llmnet.node.tokens")
                .description("tokens used by a node's questions to its model")
                .tags(tags.and("kind", kind))
                .register(registry);
    }

    private Counter counter(Choice choice) {
        return Counter.builder("llmnet.choices")
                .description("how often a node chose another, and by what")
                .tags(tags.and(List.of(Tag.of("chosen", choice.chosen()), Tag.of("how", choice.how()))))
                .register(registry);
    }
}

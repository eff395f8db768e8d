package io.llmnet.camel.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;

/** What became of one alert's texts. */
final class Counts {
    private final Counter sent;
    private final Counter dropped;

    /** The counts of an alert; those there are, if it had some before. */
    Counts(MeterRegistry registry, String pipeline, String alert, Supplier<Number> waiting) {
        Tags tags = Tags.of("pipeline", pipeline, "alert", alert);
        this.sent = Counter.builder("llmnet.alerts.sent")
                .description("alerts that a WebSocket server has taken")
                .tags(tags)
                .register(registry);
        this.dropped = Counter.builder("llmnet.alerts.dropped")
                .description("alerts given up because too many waited, or the server ended")
                .tags(tags)
                .register(registry);
        Gauge.builder("llmnet.alerts.buffered", waiting)
                .description("alerts that wait to be sent")
                .tags(tags)
                .register(registry);
    }

    void sent() {
        sent.increment();
    }

    void dropped(int count) {
        dropped.increment(count);
    }
}

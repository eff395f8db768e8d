package io.llmnet.telemetry;

import io.llmnet.camel.watch.WatchedRun;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.chat.Call;
import io.llmnet.pipeline.Graph;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells an OpenTelemetry collector of every request a span, and of every question to a model a span below it. The SDK's own
 * variables ({@code OTEL_…}) set what is not said here.
 *
 * <p>Plain SDK and not Quarkus' extension: that instruments every HTTP request and all of Vert.x, whether anybody looks or
 * not; this is not even loaded before somebody says where the collector is.
 */
public final class Spans implements Watcher, AutoCloseable {
    private static final long LAST_WORDS_SECONDS = 3;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final boolean tellsText;
    private final UnaryOperator<String> redaction;

    private Spans(OpenTelemetrySdk sdk, boolean tellsText, UnaryOperator<String> redaction) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.llmnet");
        this.tellsText = tellsText;
        this.redaction = redaction;
    }

    /**
     * Spans to a collector.
     *
     * @param endpoint its root, such as {@code http://localhost:4318}; null where a variable names it
     * @param tellsText whether spans hold what is said
     * @param redaction takes out of that what must not be shown
     */
    public static Spans to(@Nullable String endpoint, boolean tellsText, UnaryOperator<String> redaction) {
        Map<String, String> defaults = new HashMap<>(Map.of(
                "otel.service.name", "llmnet",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        if (endpoint != null) {
            defaults.put("otel.exporter.otlp.endpoint", endpoint);
        }
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(Spans.class.getClassLoader())
                .addPropertiesSupplier(() -> defaults)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        return new Spans(sdk, tellsText, redaction);
    }

    @Override
    public WatchedRun begins(Call call, Graph graph) {
        String route = call.dialect() == Call.Dialect.CHAT ? "/v1/chat/completions" : "/v1/completions";
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), call, Headers.ALL);
        Span span = tracer.spanBuilder("POST " + route)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(Conventions.METHOD, "POST")
                .setAttribute(Conventions.ROUTE, route)
                .setAttribute(Conventions.REQUEST, call.id())
                .setAttribute(Conventions.PIPELINE, graph.name())
                .setAttribute(Conventions.STREAM, call.stream())
                .startSpan();
        return new SpannedRun(tracer, parent.with(span), span, call, graph.name(), tellsText ? redaction : null);
    }

    /** Sends what is still to be sent, if that can be done soon. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    private enum Headers implements TextMapGetter<Call> {
        ALL;

        @Override
        public Iterable<String> keys(Call call) {
            return List.of("traceparent", "tracestate");
        }

        @Override
        public @Nullable String get(@Nullable Call call, String key) {
            return call == null ? null : call.header().apply(key);
        }
    }
}

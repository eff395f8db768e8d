package io.llmnet.app;

import io.llmnet.camel.Deployment;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.camel.console.Consoles;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.camel.watch.Watchers;
import io.llmnet.pipeline.Graph;
import io.llmnet.telemetry.Followers;
import io.llmnet.telemetry.ManagementPages;
import io.llmnet.telemetry.Meters;
import io.llmnet.telemetry.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** What looks inside the server: the numbers always, all else as the settings wish. */
final class Telemetry implements AutoCloseable {
    private static final String COLLECTOR = "llmnet.telemetry.otlp";
    private static final String PROMPTS = "llmnet.telemetry.log-prompts";
    private static final String CAMEL_CLI = "llmnet.management.camel-cli";

    private final CamelContext camel;
    private final Config config = ConfigProvider.getConfig();
    private final Meters meters;
    private final Followers followers;
    private final @Nullable Spans spans;
    private @Nullable Consoles consoles;

    /**
     * Of a server that has not begun.
     *
     * @param redaction takes out of what is said what must not be shown
     */
    Telemetry(CamelContext camel, MeterRegistry registry, UnaryOperator<String> redaction) {
        this.camel = camel;
        this.meters = new Meters(registry);
        boolean tellsText = isSet(PROMPTS);
        this.followers = new Followers(tellsText, redaction);
        String collector = config.getOptionalValue(COLLECTOR, String.class).orElse(null);
        this.spans = collector != null || isSetByOpenTelemetry() ? Spans.to(collector, tellsText, redaction) : null;
    }

    /** To be told what runs do. */
    Watcher watcher() {
        return new Watchers(spans == null ? List.of(meters, followers) : List.of(meters, followers, spans));
    }

    /** Puts the pages on the management port. */
    void mount(Router management, Supplier<Map<String, Deployment>> deployed) {
        new ManagementPages(() -> graphs(deployed.get()), meters, followers, this::consoles).mount(management);
    }

    /** Camel is about to start. */
    void prepare() {
        boolean allowed = isSet(CAMEL_CLI);
        CamelCli.allow(camel, allowed);
        if (allowed) {
            // The CLI asks the consoles.
            consoles();
        }
    }

    @Override
    public void close() {
        if (spans != null) {
            spans.close();
        }
    }

    /** Camel's consoles, made when somebody looks for the first time. */
    private synchronized Consoles consoles() {
        if (consoles == null) {
            consoles = Consoles.of(camel);
        }
        return consoles;
    }

    private boolean isSet(String key) {
        return config.getOptionalValue(key, Boolean.class).orElse(false);
    }

    /** Whether OpenTelemetry's own variables name a collector. */
    private static boolean isSetByOpenTelemetry() {
        return System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != null
                || System.getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != null;
    }

    private static Map<String, Graph> graphs(Map<String, Deployment> deployed) {
        Map<String, Graph> graphs = new LinkedHashMap<>();
        deployed.forEach((name, deployment) -> graphs.put(name, deployment.graph()));
        return graphs;
    }
}

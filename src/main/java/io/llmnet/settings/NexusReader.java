package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a {@code nexus.toml}, and the environment's {@code NEXUS_*}, which comes before it. */
final class NexusReader {
    private static final String HOST = "0.0.0.0";
    private static final int PORT = 8000;
    private static final List<String> FORMATS = List.of("pretty", "json");
    private static final String PRETTY_ONLY = "is not to be had: lines are for people here; collectors get traces by"
            + " the environment's OTEL_EXPORTER_OTLP_ENDPOINT";

    /** What the parts are that logs can tell more of, and where they are here. */
    private static final Map<String, String> PARTS = Map.of(
            "api", "io.llmnet.http",
            "routing", "io.llmnet.routing",
            "registry", "io.llmnet.registry",
            "health", "io.llmnet.discovery",
            "discovery", "io.llmnet.discovery",
            "queue", "io.llmnet.dispatch",
            "agent", "io.llmnet.protocol",
            "metrics", "io.llmnet.telemetry",
            "config", "io.llmnet.settings");

    private final Section top;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, String> keys = new TreeMap<>();

    NexusReader(Section top, UnaryOperator<@Nullable String> environment) {
        this.top = top;
        this.environment = environment;
    }

    Settings settings() {
        Section server = top.section("server");
        String host = null;
        Integer port = null;
        Timeouts timeouts = Timeouts.DEFAULT;
        if (server != null) {
            host = server.text("host");
            port = server.integer("port", 1, Vocabulary.LARGEST_PORT);
            put("llmnet.deadline", seconds(server, "request_timeout_seconds"));
            put("llmnet.max-concurrent", server.integer("max_concurrent_requests", 1, Integer.MAX_VALUE));
            timeouts = timeouts.but(null, seconds(server, "first_byte_timeout_seconds"), null);
            server.close();
        }
        logging(top.section("logging"));
        GatewaySettings gateway = new NexusGateway(top)
                .read(timeouts, environment, truthOf("NEXUS_DISCOVERY"), truthOf("NEXUS_HEALTH_CHECK"));
        top.close();
        return new Settings(
                or(set("NEXUS_HOST"), or(host, HOST)),
                or(portOf(), or(port, PORT)),
                List.of(),
                timeouts,
                gateway,
                keys);
    }

    /** A whole number of seconds. */
    static @Nullable Duration seconds(Section section, String key) {
        Integer seconds = section.integer(key, 1, NexusVocabulary.LONGEST_SECONDS);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private void put(String key, @Nullable Object value) {
        if (value != null) {
            keys.put(key, value.toString());
        }
    }

    private void logging(@Nullable Section logging) {
        if (logging != null) {
            level("quarkus.log.level", Choice.read(logging, "level", Vocabulary.LEVELS));
            if ("json".equals(Choice.read(logging, "format", FORMATS))) {
                logging.warning("format", PRETTY_ONLY);
            }
            put("llmnet.telemetry.log-prompts", logging.truth("enable_content_logging"));
            Section parts = logging.section("component_levels");
            if (parts != null) {
                parts.keys().forEach(part -> part(parts, part));
            }
            logging.close();
        }
        level("quarkus.log.level", wordOf("NEXUS_LOG_LEVEL", Vocabulary.LEVELS));
        if ("json".equals(wordOf("NEXUS_LOG_FORMAT", FORMATS))) {
            warn("NEXUS_LOG_FORMAT", "json " + PRETTY_ONLY);
        }
    }

    private void part(Section parts, String name) {
        String level = Choice.read(parts, name, Vocabulary.LEVELS);
        String room = PARTS.get(name);
        if (room == null) {
            parts.warning(
                    name,
                    "has no effect, for there is no such part here; there are "
                            + String.join(", ", PARTS.keySet().stream().sorted().toList()));
        } else {
            level("quarkus.log.category.\"" + room + "\".level", level);
        }
    }

    private void level(String key, @Nullable String level) {
        put(key, level == null ? null : level.toUpperCase(Locale.ROOT));
    }

    private @Nullable String set(String variable) {
        String value = environment.apply(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable Integer portOf() {
        String text = set("NEXUS_PORT");
        Integer port = text == null ? null : Section.whole(text);
        boolean fits = port != null && port > 0 && port <= Vocabulary.LARGEST_PORT;
        if (text != null && !fits) {
            warn("NEXUS_PORT", "must be a whole number from 1 to " + Vocabulary.LARGEST_PORT);
        }
        return fits ? port : null;
    }

    private @Nullable Boolean truthOf(String variable) {
        String word = wordOf(variable, List.of("true", "false"));
        return word == null ? null : word.equals("true");
    }

    private @Nullable String wordOf(String variable, List<String> known) {
        String text = set(variable);
        String word = text == null ? null : text.toLowerCase(Locale.ROOT);
        if (word != null && !known.contains(word)) {
            warn(variable, "must be one of " + String.join(", ", known));
            return null;
        }
        return word;
    }

    private void warn(String variable, String message) {
        top.problems().warning(top.place(), variable, message + "; this variable of the environment has no effect");
    }
}

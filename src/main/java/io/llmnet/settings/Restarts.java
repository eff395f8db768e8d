package io.llmnet.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Tells which of the keys that have changed a running server cannot take up, by their names in the file. */
final class Restarts {
    /** By the keys of the server's configuration: what llmnet.yaml calls them, and the TOML of others where it knows them. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("llmnet.max-body-size", List.of("listen.body-limit")),
            Map.entry("llmnet.max-concurrent", List.of("listen.max-concurrent", "server.max_concurrent_requests")),
            Map.entry("quarkus.management.host", List.of("management.host")),
            Map.entry("quarkus.management.port", List.of("management.port")),
            Map.entry("llmnet.management.camel-cli", List.of("management.camel-cli")),
            Map.entry("llmnet.deadline", List.of("deadline", "server.request_timeout_seconds")),
            Map.entry("llmnet.sign-of-life", List.of("sign-of-life")),
            Map.entry("llmnet.functions.shell.enabled", List.of("functions.shell.enabled")),
            Map.entry("llmnet.functions.shell.allow", List.of("functions.shell.allow")),
            Map.entry("llmnet.functions.shell.network", List.of("functions.shell.network")),
            Map.entry("llmnet.telemetry.otlp", List.of("telemetry.otlp")),
            Map.entry(
                    "llmnet.telemetry.log-prompts", List.of("telemetry.log-prompts", "logging.enable_content_logging")),
            Map.entry("quarkus.log.level", List.of("telemetry.log", "logging.level")),
            Map.entry("llmnet.camel.own-routes", List.of("camel.own-routes")));

    private Restarts() {}

    /** Those that differ, in order. */
    static List<String> between(Settings before, Settings after, boolean isToml) {
        Set<String> changed = new TreeSet<>();
        if (!Objects.equals(before.host(), after.host())) {
            changed.add(isToml ? "server.host" : "listen.host");
        }
        if (!Objects.equals(before.port(), after.port())) {
            changed.add(isToml ? "server.port" : "listen.port");
        }
        if (!before.pipelines().equals(after.pipelines())) {
            changed.add("pipelines");
        }
        Set<String> keys = new TreeSet<>(before.keys().keySet());
        keys.addAll(after.keys().keySet());
        keys.stream()
                .filter(key ->
                        !Objects.equals(before.keys().get(key), after.keys().get(key)))
                .map(key -> name(key, isToml))
                .forEach(changed::add);
        return List.copyOf(changed);
    }

    private static String name(String key, boolean isToml) {
        if (isToml && key.startsWith("quarkus.log.category.")) {
            return "logging.component_levels";
        }
        List<String> names = NAMES.getOrDefault(key, List.of(key));
        return names.get(isToml ? names.size() - 1 : 0);
    }
}

package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Choice;
import io.llmnet.config.Paths;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import io.llmnet.ensemble.Seat;
import io.llmnet.registry.Registration;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The providers of an {@code llm-pool.toml}.
 *
 * @param backends their servers, each with the one model of its provider
 * @param seats by the providers' names, in the order of the file
 * @param byTask who does a task, in that order
 */
record LlmPoolProviders(List<Listed> backends, Map<String, Seat> seats, Map<String, List<Seat>> byTask) {
    private static final Set<String> PLAIN = Set.of("http", "http-generic", "generic-http");
    private static final Timeouts USUAL = Timeouts.DEFAULT.but(null, Duration.ofSeconds(5), null);

    /** Those of a file; that there are none is a problem. */
    static LlmPoolProviders read(Section top, UnaryOperator<@Nullable String> environment) {
        LlmPoolProviders providers =
                new LlmPoolProviders(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        List<Section> sections = top.list("providers");
        if (sections.isEmpty()) {
            top.problems().error(top.place(), "providers", "No providers configured; add one under [[providers]]");
        }
        BackendReader reader = new BackendReader(environment);
        sections.forEach(section -> providers.add(section, reader));
        return providers;
    }

    private void add(Section section, BackendReader reader) {
        String name = reader.name(section);
        URI url = reader.url(section, "base_url");
        String kind = kind(section);
        String model = section.required("model");
        double weight = or(section.decimal("weight", BackendReader.LEAST_WEIGHT, BackendReader.MOST_WEIGHT), 1.0);
        Integer timeout = section.integer("timeout_ms", 1, LlmPoolVocabulary.LONGEST_MILLIS);
        String key = BackendReader.checked(section, "api_key", section.expanded("api_key"));
        Set<String> tasks = tasks(section);
        section.close();
        if (name == null || url == null || model == null || seats.containsKey(name)) {
            return;
        }
        Timeouts timeouts = timeout == null ? USUAL : USUAL.but(null, Duration.ofMillis(timeout), null);
        backends.add(new Listed(
                name, url, kind, key, null, 1, Registration.USUAL_PRIORITY, weight, 0, List.of(model), timeouts));
        Seat seat = new Seat(name, model, name, weight);
        seats.put(name, seat);
        tasks.forEach(
                task -> byTask.computeIfAbsent(task, fresh -> new ArrayList<>()).add(seat));
    }

    private static @Nullable String kind(Section section) {
        if (section.has("driver") && section.has("type")) {
            section.warning("type", "has no effect beside \"driver\"; take it out");
        }
        String key = section.has("driver") ? "driver" : "type";
        String written = section.text(key);
        return written != null && PLAIN.contains(Choice.folded(written)) ? "generic" : Kinds.read(section, key);
    }

    private static Set<String> tasks(Section section) {
        Set<String> tasks = new LinkedHashSet<>();
        if (!section.has("tasks")) {
            section.problems().error(section.place(), section.path(), "the key \"tasks\" is missing; add it");
            return tasks;
        }
        List<Value> items = section.items("tasks");
        if (items.isEmpty()) {
            section.warning("tasks", "is empty, so this provider is never asked; name what it does");
        }
        int index = 0;
        for (Value item : items) {
            String path = Paths.item(section.path("tasks"), index++);
            String task = item instanceof Value.Text text ? text.text() : "";
            if (task.isBlank()) {
                section.problems().error(item.place(), path, "must be the name of a task");
            } else if (!tasks.add(task)) {
                section.problems().warning(item.place(), path, "is in the list already; take it out");
            }
        }
        return tasks;
    }
}

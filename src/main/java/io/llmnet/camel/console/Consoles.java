package io.llmnet.camel.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.console.BlockedConsole;
import org.apache.camel.impl.console.ContextDevConsole;
import org.apache.camel.impl.console.DefaultDevConsoleRegistry;
import org.apache.camel.impl.console.EndpointDevConsole;
import org.apache.camel.impl.console.GarbageCollectorDevConsole;
import org.apache.camel.impl.console.HealthDevConsole;
import org.apache.camel.impl.console.InflightConsole;
import org.apache.camel.impl.console.JvmDevConsole;
import org.apache.camel.impl.console.MemoryDevConsole;
import org.apache.camel.impl.console.RouteDevConsole;
import org.apache.camel.impl.console.RouteStructureDevConsole;
import org.apache.camel.impl.console.ThreadDevConsole;
import org.apache.camel.impl.console.TopDevConsole;

/**
 * Camel's consoles, to be read. Left out are those that tell what must not be told (properties, variables, messages), those
 * that act (send, debug, reload), and those that would make every request pay for a look (event, trace).
 */
public final class Consoles {
    /** What a reader may say; other options would let a page act. */
    private static final Set<String> OPTIONS = Set.of("filter", "limit", "brief", "processors", "stackTrace");
    /** Thousands of routes are no page to read. */
    private static final String LIMIT = "100";

    private final DevConsoleRegistry registry;

    private Consoles(DevConsoleRegistry registry) {
        this.registry = registry;
    }

    /** The consoles of a context; from now on the context knows them, too. */
    public static Consoles of(CamelContext camel) {
        DefaultDevConsoleRegistry registry = new DefaultDevConsoleRegistry(camel);
        registry.start();
        for (DevConsole console : List.of(
                new BlockedConsole(),
                new ContextDevConsole(),
                new EndpointDevConsole(),
                new GarbageCollectorDevConsole(),
                new HealthDevConsole(),
                new InflightConsole(),
                new JvmDevConsole(),
                new MemoryDevConsole(),
                new RouteDevConsole(),
                new RouteStructureDevConsole(),
                new ThreadDevConsole(),
                new TopDevConsole())) {
            CamelContextAware.trySetCamelContext(console, camel);
            registry.register(console);
        }
        camel.getCamelContextExtension().addContextPlugin(DevConsoleRegistry.class, registry);
        return new Consoles(registry);
    }

    /**
     * What a console tells.
     *
     * @param options such as {@code filter} (of names, with {@code *}) and {@code limit}
     * @return empty where there is no such console
     */
    public Optional<String> page(String id, boolean json, Map<String, String> options) {
        return registry.getConsole(id).map(console -> page(console, json, options));
    }

    private static String page(DevConsole console, boolean json, Map<String, String> options) {
        Map<String, Object> wishes = new HashMap<>(Map.of("limit", LIMIT));
        options.forEach((option, value) -> {
            if (OPTIONS.contains(option)) {
                wishes.put(option, value);
            }
        });
        MediaType type = json ? MediaType.JSON : MediaType.TEXT;
        Object page = console.supportMediaType(type) ? console.call(type, wishes) : null;
        if (page == null) {
            return json ? "{}" : "";
        }
        return page instanceof org.apache.camel.util.json.JsonObject object ? object.toJson() : page.toString();
    }

    /** What there is, a line each. */
    public String indexText() {
        return sorted().stream()
                .map(console -> "%-16s %s%n".formatted(console.getId(), console.getDescription()))
                .collect(Collectors.joining());
    }

    /** The same as JSON. */
    public String indexJson() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ArrayNode all = index.putArray("consoles");
        sorted().forEach(console ->
                all.addObject().put("id", console.getId()).put("description", console.getDescription()));
        return index.toString();
    }

    private List<DevConsole> sorted() {
        return registry.stream().sorted(Comparator.comparing(DevConsole::getId)).toList();
    }
}

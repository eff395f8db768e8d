package io.llmnet.camel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Camel routes of the users' own, a file at a time. A file that is wrong changes nothing: the routes that it had stay.
 *
 * <p>Not Camel's reload folder: that one takes the old routes away before it knows that the new ones are right, and does
 * not notice a file that is gone.
 */
public final class UserRoutes {
    private record Loaded(String text, List<String> ids) {}

    private final CamelContext camel;
    private final Map<Path, Loaded> files = new HashMap<>();

    public UserRoutes(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Puts a file's routes in the place of those that it had.
     *
     * @return what is wrong with it, null if nothing
     */
    public @Nullable String put(Path file, String text) {
        Loaded before = files.get(file);
        try {
            refuseForeignIds(definitions(file, text), before);
        } catch (Exception e) {
            return wrong(file, e, before);
        }
        remove(file);
        try {
            files.put(file, new Loaded(text, added(file, text)));
            return null;
        } catch (Exception e) {
            restore(file, before);
            return wrong(file, e, before);
        }
    }

    /** Takes a file's routes away. */
    public void remove(Path file) {
        Loaded loaded = files.remove(file);
        if (loaded != null) {
            loaded.ids().forEach(this::remove);
        }
    }

    private void restore(Path file, @Nullable Loaded before) {
        if (before == null) {
            return;
        }
        try {
            files.put(file, new Loaded(before.text(), added(file, before.text())));
        } catch (Exception e) {
            throw new IllegalStateException("the routes of " + file + ", which were right, cannot be put back", e);
        }
    }

    private List<String> added(Path file, String text) throws Exception {
        List<String> ids = new ArrayList<>();
        try {
            for (RoutesBuilder builder : builders(file, text)) {
                camel.addRoutes(builder);
                if (builder instanceof RouteBuilder routes) {
                    routes.getRouteCollection().getRoutes().forEach(route -> ids.add(route.getRouteId()));
                }
            }
            return ids;
        } catch (Exception e) {
            ids.forEach(this::remove);
            throw e;
        }
    }

    private void remove(String id) {
        try {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        } catch (Exception e) {
            throw new IllegalStateException("route " + id + " cannot be removed", e);
        }
    }

    private List<RouteDefinition> definitions(Path file, String text) throws Exception {
        List<RouteDefinition> definitions = new ArrayList<>();
        for (RoutesBuilder builder : builders(file, text)) {
            if (builder instanceof RouteBuilder routes) {
                definitions.addAll(routes.configureRoutes(camel).getRoutes());
            }
        }
        return definitions;
    }

    private void refuseForeignIds(List<RouteDefinition> definitions, @Nullable Loaded before) {
        for (RouteDefinition definition : definitions) {
            String id = definition.getId();
            boolean isOwn = before != null && before.ids().contains(id);
            if (id != null && !isOwn && camel.getRoute(id) != null) {
                throw new IllegalArgumentException("there is a route " + id + " already; give this one another id");
            }
        }
    }

    private Iterable<RoutesBuilder> builders(Path file, String text) throws Exception {
        Resource resource = ResourceHelper.fromString("file:" + file.toAbsolutePath(), text);
        return PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource);
    }

    private static String wrong(Path file, Exception why, @Nullable Loaded before) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return file + ": is no Camel route that can be started here: " + message
                + (before == null ? "" : "; the routes that it had stay in place");
    }
}

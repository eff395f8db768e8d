package io.llmnet.camel;

import io.llmnet.camel.watch.Watcher;
import io.llmnet.pipeline.Graph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines in place, and the routes that run them.
 *
 * <p>A change takes effect at once: a version of the same shape takes over the routes that are there, any other runs in the
 * {@link SharedRoutes} until it has stayed for a second, and then gets routes of its own, if there is room. Routes that are
 * no longer entered go when the last run has left them. So a storm of changes costs a few objects each, and no Camel.
 *
 * <p>Adding a route costs Camel a look at every other, and so does removing one; beyond about a thousand pipelines the
 * shared routes serve better.
 */
public final class Deployments implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Deployments.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TICK_MILLIS = 250;
    /** Shapes compiled in one go while the server runs, so that removals are not kept waiting. */
    private static final int BATCH = 20;

    private final CamelContext camel;
    private final int room;
    private final Watcher watcher;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "llmnet-routes"));
    private final Entrance shared;

    private volatile Map<String, Deployment> byName = Map.of();
    /** Routes by pipeline. Touched by the worker only, and before it starts. */
    private final Map<String, RouteSet> own = new HashMap<>();

    private final Map<String, Long> changedNanos = new LinkedHashMap<>();
    private final List<RouteSet> leaving = new ArrayList<>();
    private @Nullable Future<?> tidying;
    private int sets;

    /**
     * None yet, in a context that has started.
     *
     * @param room how many pipelines get routes of their own
     * @param watcher is told what runs do
     */
    public Deployments(CamelContext camel, int room, Watcher watcher) throws Exception {
        this.camel = camel;
        this.room = room;
        this.watcher = watcher;
        camel.addRoutes(new SharedRoutes());
        this.shared = new Entrance(camel, SharedRoutes.NODE);
    }

    /** Deploys the first pipelines, with their routes; to be called once, before all else. */
    public synchronized void begin(Collection<Graph> graphs) {
        put(graphs, Set.of());
        List<Deployment> first = byName.values().stream().limit(room).toList();
        compile(first).forEach(this::settle);
        changedNanos.clear();
        tidying = worker.scheduleWithFixedDelay(this::tidy, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Puts these versions in place, and takes the pipelines named away; calls that come from now on see it. */
    public synchronized void put(Collection<Graph> graphs, Set<String> gone) {
        Map<String, Deployment> next = new LinkedHashMap<>(byName);
        long now = System.nanoTime();
        for (Graph graph : graphs) {
            Deployed version = new Deployed(graph);
            Deployment there = next.get(graph.name());
            if (there == null) {
                next.put(graph.name(), new Deployment(graph.name(), watcher, new Deployment.Lane(version, shared)));
            } else {
                boolean sameShape = Shape.of(graph).equals(Shape.of(there.graph()));
                there.take(new Deployment.Lane(version, sameShape ? there.entrance() : shared));
            }
            changedNanos.put(graph.name(), now);
        }
        for (String name : gone) {
            Deployment there = next.remove(name);
            if (there != null) {
                there.take(new Deployment.Lane(there.now(), shared));
                changedNanos.put(name, now);
            }
        }
        byName = next;
        gone.forEach(watcher::gone);
    }

    /** All of them by name, in the order in which they came. */
    public Map<String, Deployment> all() {
        return byName;
    }

    /** The pipeline of that name, be it as it stands in a URI. */
    public @Nullable Deployment named(String name) {
        Map<String, Deployment> now = byName;
        Deployment exact = now.get(name);
        if (exact != null || name.indexOf('~') < 0) {
            return exact;
        }
        return now.values().stream()
                .filter(one -> Uris.part(one.name()).equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized void close() {
        if (tidying != null) {
            tidying.cancel(false);
        }
        worker.shutdownNow();
    }

    /** Gives routes to what has come to rest, and takes those away that nobody needs. */
    private void tidy() {
        try {
            List<Deployment> resting = resting();
            leaving.removeIf(set -> set.remove(camel));
            compile(resting).forEach(this::settle);
        } catch (RuntimeException e) {
            LOGGER.error("routes could not be tidied", e);
        }
    }

    /** What has not changed for a while and wants other routes than it has. */
    private synchronized List<Deployment> resting() {
        List<Deployment> resting = new ArrayList<>();
        long now = System.nanoTime();
        Iterator<Map.Entry<String, Long>> changes = changedNanos.entrySet().iterator();
        while (changes.hasNext()) {
            Map.Entry<String, Long> change = changes.next();
            Deployment deployment = byName.get(change.getKey());
            boolean fits = reuse(change.getKey(), deployment);
            if (deployment == null || fits || own.size() + resting.size() >= room) {
                changes.remove();
            } else if (now - change.getValue() > QUIET_NANOS && resting.size() < BATCH) {
                resting.add(deployment);
                changes.remove();
            }
        }
        return resting;
    }

    /** Lets calls into the routes that are there, if they still fit; if not, these are left. */
    private boolean reuse(String name, @Nullable Deployment deployment) {
        RouteSet set = own.get(name);
        if (set == null) {
            return false;
        }
        if (deployment != null && set.fits(deployment)) {
            deployment.take(new Deployment.Lane(deployment.now(), set.entrance()));
            return true;
        }
        own.remove(name);
        leaving.add(set);
        return false;
    }

    private List<RouteSet> compile(List<Deployment> deployments) {
        List<RouteSet> compiled = new ArrayList<>();
        for (Deployment deployment : deployments) {
            try {
                compiled.add(compile(deployment.graph()));
            } catch (Exception e) {
                LOGGER.error("pipeline={} gets no routes of its own and runs in the shared ones", deployment.name(), e);
            }
        }
        return compiled;
    }

    private RouteSet compile(Graph graph) throws Exception {
        boolean isFree = camel.getRoute(graph.name() + "/" + graph.entry()) == null;
        String name = isFree ? graph.name() : graph.name() + "~" + ++sets;
        PipelineRoutes routes = new PipelineRoutes(name, graph);
        add(routes.configureRoutes(camel));
        Entrance entrance = new Entrance(camel, PipelineRoutes.entrance(name, graph));
        return new RouteSet(name, graph.name(), Shape.of(graph), entrance, routes.ids());
    }

    /**
     * Adds routes whose ids are known to be free. Camel's {@code addRoutes} first removes each, to be sure, and for that looks
     * through all that every other route uses: at a thousand routes twenty times the work.
     */
    private void add(RoutesDefinition routes) throws Exception {
        ModelCamelContext model = (ModelCamelContext) camel;
        for (RouteDefinition route : routes.getRoutes()) {
            routes.prepareRoute(route);
        }
        model.getRouteDefinitions().addAll(routes.getRoutes());
        model.startRouteDefinitions(routes.getRoutes());
    }

    /** Lets calls into new routes, if they still fit; else they go again. */
    private synchronized void settle(RouteSet set) {
        Deployment deployment = byName.get(set.pipeline());
        if (deployment == null || !set.fits(deployment)) {
            leaving.add(set);
            return;
        }
        own.put(set.pipeline(), set);
        deployment.take(new Deployment.Lane(deployment.now(), set.entrance()));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

package io.llmnet.camel.alert;

import io.llmnet.camel.Uris;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The senders of all alerts in place, and the ways that their texts take. They outlive routes and versions of pipelines: an
 * alert whose address has not changed keeps its connection and what waits for it.
 */
final class Senders implements AutoCloseable {
    private static final int MOST_MESSAGES = 1000;
    private static final long MOST_BYTES = 10 << 20;

    /** A sender and the address that it was made for. */
    private record Entry(String url, Sender sender) {}

    private final Vertx vertx;
    private final MeterRegistry registry;
    private final Pace pace;
    private final Delivery common;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Delivery> ways = new ConcurrentHashMap<>();

    /**
     * None yet.
     *
     * @param common the way of texts whose alert has none of its own
     */
    Senders(Vertx vertx, MeterRegistry registry, Pace pace, Delivery common) {
        this.vertx = vertx;
        this.registry = registry;
        this.pace = pace;
        this.common = common;
    }

    /** The name of an alert as it stands in a URI. */
    static String key(Graph graph, Node alert) {
        return Uris.part(graph.name()) + "/" + Uris.part(alert.name());
    }

    /** The alert of a pipeline whose name stands so in a URI. */
    static String alert(Graph graph, String key) {
        return graph.nodes().values().stream()
                .filter(node -> node.alert() != null && key(graph, node).equals(key))
                .map(Node::name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pipeline " + graph.name() + " has no alert " + key));
    }

    /** Makes these pipelines' alerts those in place: makes what is missing and ends what is in none of them. */
    void keep(Collection<Graph> graphs) {
        Set<String> left = new HashSet<>();
        for (Graph graph : graphs) {
            for (Node node : graph.nodes().values()) {
                if (node.alert() != null) {
                    counts(graph, node);
                    keep(graph, node, node.alert().url(), left);
                }
            }
        }
        finish(name -> !left.contains(name));
    }

    private void keep(Graph graph, Node alert, @Nullable String url, Set<String> left) {
        if (url == null) {
            return;
        }
        String key = key(graph, alert);
        left.add(key);
        entries.compute(key, (name, known) -> {
            if (known != null && known.url().equals(url)) {
                return known;
            }
            if (known != null) {
                known.sender().finish();
            }
            return new Entry(url, sender(graph, alert, url));
        });
    }

    private Sender sender(Graph graph, Node alert, String url) {
        String key = key(graph, alert);
        return new Sender(
                vertx,
                graph.name() + "/" + alert.name(),
                new Buffer(MOST_MESSAGES, MOST_BYTES),
                counts(graph, alert),
                new Line(vertx, URI.create(url), pace),
                pace,
                new BackOff(pace.firstPause(), pace.longestPause(), ThreadLocalRandom.current()),
                () -> ways.getOrDefault(key, common));
    }

    /** The counts of an alert, with a url or without. */
    Counts counts(Graph graph, Node alert) {
        String key = key(graph, alert);
        return new Counts(registry, graph.name(), alert.name(), () -> waiting(key));
    }

    private int waiting(String key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : entry.sender().waiting();
    }

    /** Gives a text to an alert's sender; an alert that is no longer in place tells nothing. */
    void offer(String key, String text) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.sender().offer(text);
        }
    }

    /** An alert's texts go this way from now on. */
    void attach(String key, Delivery way) {
        ways.put(key, way);
    }

    /** An alert's texts no longer go this way. */
    void detach(String key, Delivery way) {
        ways.remove(key, way);
    }

    /** Gives what waits a short time to go out, and ends all. */
    @Override
    public void close() {
        CountDownLatch ended = new CountDownLatch(1);
        finish(name -> true).onComplete(all -> ended.countDown());
        try {
            if (!ended.await(pace.grace().toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("alerts do not end");
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    private Future<?> finish(Predicate<String> which) {
        List<Future<Void>> ending = new ArrayList<>();
        for (String name : List.copyOf(entries.keySet())) {
            Entry entry = which.test(name) ? entries.remove(name) : null;
            if (entry != null) {
                ending.add(entry.sender().finish());
            }
        }
        return Future.join(ending);
    }
}

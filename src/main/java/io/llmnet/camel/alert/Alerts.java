package io.llmnet.camel.alert;

import io.llmnet.camel.Uris;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/**
 * All that alerts need, and what ends it: the connections, what waits for them, and the thread on which texts are written, so
 * that no answer waits for a long text or a slow condition.
 */
public final class Alerts implements AutoCloseable {
    /** Texts that wait to be written; more are dropped, and counted. */
    private static final int MOST_UNWRITTEN = 1000;

    private final CamelContext camel;
    private final Senders senders;
    private final ThreadPoolExecutor writer;

    /**
     * None yet, in a context that has started; {@code alert:} can be used in routes from now on.
     *
     * @param audience hears of the alerts that are for clients of ours
     */
    public Alerts(CamelContext camel, Vertx vertx, MeterRegistry registry, Audience audience) throws Exception {
        this.camel = camel;
        this.senders = new Senders(vertx, registry, Pace.STANDARD, CommonWay.in(camel));
        this.writer = new ThreadPoolExecutor(
                1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_UNWRITTEN), Alerts::thread);
        writer.allowCoreThreadTimeOut(true);
        camel.addComponent("alert", new AlertComponent(senders, new Reporter(senders, audience, writer)));
        camel.getRegistry().bind(Uris.TAPS, new SynchronousExecutorService());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "llmnet-alert");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes these pipelines' alerts those in place; to be called with all pipelines, before routes of theirs are made. An
     * alert that was there before, with the same address, keeps its connection and what waits for it; one that is in none of
     * them ends, when what waits has had a short time to go out.
     */
    public void keep(Collection<Graph> graphs) {
        for (Graph graph : graphs) {
            for (Node node : graph.nodes().values()) {
                String uri = Uris.socket(graph.name(), node);
                if (uri != null && camel.hasEndpoint(uri) == null) {
                    SocketEndpoint.register(camel, uri);
                }
            }
        }
        senders.keep(graphs);
    }

    /** Gives what waits a short time to go out, and ends all. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(1, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
        senders.close();
    }
}

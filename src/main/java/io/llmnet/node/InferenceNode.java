package io.llmnet.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/**
 * A node that runs. One a process: native code holds its process up to the end, so leave it by {@link System#exit} or
 * {@link Runtime#halt}.
 */
public final class InferenceNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    private final NodeOptions options;
    private final Vertx vertx;
    private final HttpServer server;
    private final Slots slots;
    private final Engine engine;
    private final Outlets outlets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean closing;

    private InferenceNode(
            NodeOptions options, Vertx vertx, HttpServer server, Slots slots, Engine engine, Outlets outlets) {
        this.options = options;
        this.vertx = vertx;
        this.server = server;
        this.slots = slots;
        this.engine = engine;
        this.outlets = outlets;
    }

    /** Loads the model and opens the port. Throws NodeFailure, one line for people, if either cannot be done. */
    public static InferenceNode start(NodeOptions options) {
        Gguf gguf = Gguf.read(options.model());
        requireFree(options);
        return start(options, gguf, LlamaEngine.load(options, gguf));
    }

    /** Serves until the process is told to stop, and says when it is ready. */
    public static void serve(NodeOptions options, PrintStream out) throws InterruptedException {
        InferenceNode node = start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "node-shutdown"));
        out.println("node: " + options.modelId() + " on " + node.url());
        out.flush();
        node.closed.await();
    }

    static InferenceNode start(NodeOptions options, Gguf gguf, Engine engine) {
        Slots slots = new Slots(options.parallel(), options.waiting());
        Meter meter = new Meter(System::nanoTime);
        Card card = new Card(options, gguf, engine.context(), slots, meter, InstantSource.system());
        Outlets outlets = new Outlets();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setUseDaemonThread(true)
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Front front = new Front(vertx, engine, slots, meter, card, outlets, options.nodeId());
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setTcpNoDelay(true).setHandle100ContinueAutomatically(true))
                .requestHandler(front);
        try {
            server.listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            vertx.close();
            engine.close();
            throw taken(options, e.getCause() == null ? e : e.getCause());
        }
        return new InferenceNode(options, vertx, server, slots, engine, outlets);
    }

    /** The port that is listened on. */
    public int port() {
        return server.actualPort();
    }

    String url() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + port();
    }

    /**
     * Takes no more requests, lets answers that run end for up to ten seconds, cuts the others, and frees the model. Called
     * again, it waits for nothing.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        boolean done = slots.drain(PATIENCE);
        if (!done) {
            outlets.abandonAll();
            done = slots.drain(LAST_WORD);
        }
        await(server.close());
        await(vertx.close());
        // Native code that still works for a slot would fall over the freed model; then the process's end frees it.
        if (done) {
            engine.close();
        }
        closed.countDown();
    }

    private static void await(Future<Void> future) {
        try {
            future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            System.getLogger(InferenceNode.class.getName()).log(System.Logger.Level.WARNING, "closing failed", e);
        }
    }

    /** A model may take a minute to load: see first whether that would be for nothing. */
    private static void requireFree(NodeOptions options) {
        if (options.port() == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(options.host(), options.port()));
        } catch (IOException e) {
            throw taken(options, e);
        }
    }

    private static NodeFailure taken(NodeOptions options, Throwable why) {
        return new NodeFailure(
                "cannot listen on " + options.host() + ":" + options.port() + ": " + why.getMessage()
                        + "; choose another with --port or --host",
                why);
    }
}

package io.llmnet;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A model server that can be put out of order while it runs, whatever model it is asked for: {@link #mode}. It keeps its port
 * through it all. Cheap, so that there may be a thousand on one {@link Vertx}, which is the caller's.
 *
 * <p>It serves {@code /v1/models}, {@code /v1/chat/completions}, {@code /v1/embeddings} and {@code /health}; what it says is
 * told at {@link FaultyWords}.
 */
public final class Faulty implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx;
    private final List<String> models;
    private final Set<FaultyVisitor> visitors = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private volatile FaultMode mode = FaultMode.OK;
    private @Nullable NetServer server;
    private @Nullable Socket held;
    private int port;

    private Faulty(Vertx vertx, List<String> models) {
        this.vertx = vertx;
        this.models = List.copyOf(models);
    }

    /** One that is well, and has these models. */
    public static Faulty start(Vertx vertx, String... models) {
        Faulty faulty = new Faulty(vertx, List.of(models));
        faulty.listen();
        return faulty;
    }

    public URI url() {
        return URI.create("http://" + HOST + ":" + port);
    }

    /** Behaves so from now on; returns when it does. Answers that have begun end as they were meant to. */
    public synchronized Faulty mode(FaultMode next) {
        mode = next;
        if (next.kind() == FaultMode.Kind.REFUSE) {
            unlisten();
            hold();
        } else if (server == null) {
            release();
            listen();
        }
        return this;
    }

    public FaultMode mode() {
        return mode;
    }

    /** How many chats and embeddings it was asked for. */
    public int requests() {
        return requests.get();
    }

    /** Connections that are open now. */
    public int connections() {
        return visitors.size();
    }

    /** Connections on which somebody is still waiting for the end of an answer. */
    public int answering() {
        return (int) visitors.stream().filter(FaultyVisitor::isAnswering).count();
    }

    /** Requests whose connection was closed by who asked, before the answer's end. */
    public int aborted() {
        return aborted.get();
    }

    @Override
    public synchronized void close() {
        mode = FaultMode.REFUSE;
        unlisten();
        release();
    }

    List<String> models() {
        return models;
    }

    FaultMode asked(boolean counts) {
        if (counts) {
            requests.incrementAndGet();
        }
        return mode;
    }

    void left(FaultyVisitor visitor, boolean wasAnswering) {
        visitors.remove(visitor);
        if (wasAnswering) {
            aborted.incrementAndGet();
        }
    }

    private void listen() {
        NetServer listening = vertx.createNetServer(
                new NetServerOptions().setTcpNoDelay(true).setReuseAddress(true).setAcceptBacklog(1024));
        listening.connectHandler(socket -> visitors.add(new FaultyVisitor(vertx, this, socket)));
        await(listening.listen(port, HOST));
        port = listening.actualPort();
        server = listening;
    }

    private void unlisten() {
        NetServer listening = server;
        if (listening != null) {
            visitors.forEach(FaultyVisitor::close);
            await(listening.close());
            server = null;
        }
    }

    /** Keeps the port, on which nobody listens, from others: a socket that is bound and no more refuses who connects. */
    private void hold() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                held = bound();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new UncheckedIOException("port " + port + " is somebody else's", e);
                }
                LockSupport.parkNanos(1_000_000); // the one that listened is closed a little after it says so
            }
        }
    }

    private Socket bound() throws IOException {
        Socket bound = new Socket();
        bound.setReuseAddress(true);
        try {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return bound;
        } catch (IOException e) {
            bound.close();
            throw e;
        }
    }

    private void release() {
        try {
            Socket bound = held;
            if (bound != null) {
                bound.close();
                held = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void await(io.vertx.core.Future<T> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}

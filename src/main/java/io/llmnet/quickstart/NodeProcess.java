package io.llmnet.quickstart;

import io.llmnet.runner.process.Guarded;
import io.llmnet.runner.process.OpenMp;
import io.llmnet.runner.process.Probe;
import io.llmnet.runner.process.ProgramLog;
import io.llmnet.runner.process.Self;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An inference node that runs as a process of its own, as long as we do, for it is guarded ({@link Guarded}). */
public final class NodeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Guarded process;
    private final URI root;
    private final ProgramLog log;
    private volatile boolean isNeeded;

    private NodeProcess(Guarded process, URI root, ProgramLog log) {
        this.process = process;
        this.root = root;
        this.log = log;
    }

    /**
     * Sees that this machine has what a node needs.
     *
     * @param progress told in single lines what goes on
     * @throws IOException if something is missing; says how to install it
     */
    public static void prepare(Consumer<String> progress) throws IOException {
        OpenMp.ofThisMachine().ensure(progress);
    }

    /** Starts a node on a port that is free, and does not wait for it. */
    public static NodeProcess start(Path model, Path log) throws IOException {
        return start(Self.command(), model, log);
    }

    static NodeProcess start(List<String> self, Path model, Path logFile) throws IOException {
        ProgramLog log = new ProgramLog(logFile);
        int port = freePort();
        List<String> command = new ArrayList<>(self);
        command.addAll(List.of("node", "--model-path", model.toString(), "--host", "127.0.0.1"));
        command.addAll(List.of("--port", Integer.toString(port), "--n-ctx", "4096", "--n-parallel", "2"));
        Guarded process = Guarded.start(command, Map.of(), FAREWELL, log);
        return new NodeProcess(process, URI.create("http://127.0.0.1:" + port), log);
    }

    /** Where it answers. */
    public URI root() {
        return root;
    }

    /**
     * Waits until it answers.
     *
     * @throws IOException if it ended, or took longer than a minute; with its last words
     */
    public void awaitHealthy() throws IOException {
        long start = System.nanoTime();
        while (!Probe.isWell(root.resolve("/health"))) {
            if (hasEnded()) {
                throw new IOException(obituary());
            }
            if (System.nanoTime() - start > START.toNanos()) {
                throw new IOException(
                        "the inference node was not ready after " + START.toSeconds() + " s; see " + log.file());
            }
        }
    }

    /**
     * From now on the node is needed by what we serve.
     *
     * @param bereaved runs if the node ends before it is closed, on a thread of its own
     */
    public void serve(Runnable bereaved) {
        isNeeded = true;
        var unused = process.end().thenRunAsync(() -> {
            if (isNeeded) {
                bereaved.run();
            }
        });
    }

    /** That it ended, and its last words. */
    public String obituary() {
        try {
            return "the inference node ended with code " + process.code() + "; the end of " + log.file() + ":\n"
                    + log.lastWords();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "the inference node ended; see " + log.file();
        }
    }

    @Override
    public void close() {
        isNeeded = false;
        process.stop();
        log.close();
    }

    private boolean hasEnded() throws IOException {
        try {
            return process.awaitEnd(LOOK);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the inference node started", stopped);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

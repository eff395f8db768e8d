package io.llmnet.quickstart;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An inference node that runs as a process of its own, as long as we do.
 *
 * <p>It ends with us in every way: closed, it is told to end; when our process is told to end, a shutdown hook does the
 * same once what we serve is closed; when our process is killed, the pipe that is its standard input breaks, which the
 * node watches ({@code --exit-with-parent}).
 */
public final class NodeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(12);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final int LOOK_MILLIS = 50;
    private static final int LAST_BYTES = 4096;
    private static final int LAST_LINES = 10;

    private final Process process;
    private final URI root;
    private final Path log;
    private final long logStart;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isNeeded;
    private volatile boolean isEnding;

    private NodeProcess(Process process, URI root, Path log, long logStart) {
        this.process = process;
        this.root = root;
        this.log = log;
        this.logStart = logStart;
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

    static NodeProcess start(List<String> self, Path model, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        int port = freePort();
        List<String> command = new ArrayList<>(outOfReach());
        command.addAll(self);
        command.addAll(List.of("node", "--model-path", model.toString(), "--host", "127.0.0.1"));
        command.addAll(List.of("--port", Integer.toString(port), "--n-ctx", "4096", "--n-parallel", "2"));
        command.add("--exit-with-parent");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        NodeProcess node = new NodeProcess(process, URI.create("http://127.0.0.1:" + port), log, logStart);
        Runtime.getRuntime().addShutdownHook(new Thread(node::closeLast, "end-node"));
        return node;
    }

    /** Where it answers. */
    public URI root() {
        return root;
    }

    long pid() {
        return process.pid();
    }

    /**
     * Waits until it answers.
     *
     * @throws IOException if it ended, or took longer than a minute; with its last words
     */
    public void awaitHealthy() throws IOException {
        long start = System.nanoTime();
        while (!isHealthy()) {
            if (hasEnded()) {
                throw new IOException(isEnding ? "told to end" : obituary());
            }
            if (System.nanoTime() - start > START.toNanos()) {
                throw new IOException("the inference node was not ready after " + START.toSeconds() + " s; see " + log);
            }
        }
    }

    /**
     * From now on the node is needed by what we serve: told to end, our process ends the node last.
     *
     * @param bereaved runs if the node ends before it is closed, on a thread of its own
     */
    public void serve(Runnable bereaved) {
        isNeeded = true;
        Thread watch = new Thread(
                () -> {
                    process.onExit().join();
                    if (isNeeded && !isEnding) {
                        bereaved.run();
                    }
                },
                "watch-node");
        watch.setDaemon(true);
        watch.start();
    }

    /** That it ended, and its last words. */
    public String obituary() {
        return "the inference node ended with code " + process.exitValue() + "; the end of " + log + ":\n"
                + lastWords();
    }

    @Override
    public void close() {
        isNeeded = false;
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        closed.countDown();
    }

    private void closeLast() {
        isEnding = true;
        try {
            if (isNeeded && process.isAlive() && closed.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private boolean hasEnded() throws IOException {
        try {
            return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the inference node started", stopped);
        }
    }

    private boolean isHealthy() {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) root.resolve("/health").toURL().openConnection(Proxy.NO_PROXY);
            asked.setConnectTimeout(1000);
            asked.setReadTimeout(2000);
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String lastWords() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(logStart, file.length() - LAST_BYTES));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(cannot be read)";
        }
    }

    /** What keeps a Ctrl-C in the terminal from the node, so that running answers can end; nothing where it is not there. */
    private static List<String> outOfReach() {
        Path program = Path.of("/usr/bin/setsid");
        return Files.isExecutable(program) ? List.of(program.toString()) : List.of();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

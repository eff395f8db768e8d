package io.llmnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Redis on a free port of this machine, which keeps nothing on disk; it can be killed, held, and started again. */
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 2_000_000;

    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(int port, List<String> options) {
        this.port = port;
        this.options = options;
        this.process = begin();
    }

    /** Starts one with further options; where Redis is not installed, the test skips itself. */
    public static RedisServer start(String... options) {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        assumeTrue(
                isThere, "redis-server is not installed, so answers in a Redis are not tested (Debian: redis-server)");
        return new RedisServer(freePort(), List.of(options));
    }

    /** Where it listens. */
    public String url() {
        return "redis://127.0.0.1:" + port + "/0";
    }

    /** The same, with a password. */
    public String url(String password) {
        return "redis://:" + password + "@127.0.0.1:" + port + "/0";
    }

    /** Ends it at once, with all that it kept. */
    public void kill() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it once more, on the same port. */
    public void again() {
        process = begin();
    }

    /** Holds it: it is there, and says nothing; until it goes on. */
    public void hold() {
        signal("-STOP");
    }

    /** Has it go on. */
    public void goOn() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(kill.exitValue()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process begin() {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port)));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(options);
        try {
            Process begun = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitListening(begun);
            return begun;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(Process begun) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens()) {
            assertThat(begun.isAlive()).as("redis-server runs").isTrue();
            assertThat(System.nanoTime()).as("redis-server listens").isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}

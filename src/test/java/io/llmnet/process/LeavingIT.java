package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FaultMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A caller who leaves is worked for no more, whatever was being done for it. Prints how soon that is known (CONFORMANCE 3). */
class LeavingIT {
    private static final Pattern CANCELLED = Pattern.compile("\"status_code\":499");
    private static final String LIST = """
            HTTP/1.1 200 OK
            content-type: application/json
            connection: close
            content-length: 23

            {"data":[{"id":"m"}]}
            """.replace("\n", "\r\n");
    private static final String SETTINGS = """
            discovery: {checks: false}
            timeouts: {connect: 20s}
            routing: {strategy: priority-only, sticky: false}
            """;

    @TempDir
    private Path folder;

    private Neighbours neighbours = new Neighbours(Path.of(""), 0);

    @BeforeEach
    void begin() {
        neighbours.close();
        neighbours = new Neighbours(folder, 2);
    }

    @AfterEach
    void end() {
        neighbours.close();
    }

    private Serving serve(String... listed) {
        neighbours.write(SETTINGS, listed);
        Serving serving = neighbours.serve();
        Serving.until(() -> Neighbours.told(serving).size() == listed.length);
        return serving;
    }

    private String alone(String more) {
        return neighbours.listed(0, "kind: generic, models: [m]" + more);
    }

    /** A caller that can leave as roughly as a program that is killed. */
    private static Socket caller(Serving serving, boolean stream, String says) throws IOException {
        String body = ("{'model':'m','stream':" + stream + ",'messages':[{'role':'user','content':'" + says + "'}]}")
                .replace('\'', '"');
        Socket socket = new Socket(serving.root().getHost(), serving.root().getPort());
        socket.getOutputStream()
                .write(
                        ("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static int cancelled(Serving serving) {
        return (int)
                CANCELLED.matcher(serving.get("/v1/history").body()).results().count();
    }

    /** Leaves, and waits until that has become known to the backends, and to the server's own books. */
    private void leave(String state, Serving serving, Socket caller, BooleanSupplier known) throws IOException {
        int before = cancelled(serving);
        long start = System.nanoTime();
        caller.close();
        Serving.until(known);
        System.out.printf("left %s: known after %.0f ms%n", state, (System.nanoTime() - start) / 1e6);
        Serving.until(() -> cancelled(serving) == before + 1);
        Serving.until(() -> Neighbours.pending(serving) == 0);
    }

    @Test
    void beforeTheFirstByteOrInTheMidstOfIt() throws IOException {
        try (Serving serving = serve(alone(""))) {
            int asked = 0;
            for (boolean stream : new boolean[] {true, false}) {
                neighbours.get(0).mode(FaultMode.slow(60_000));
                int number = ++asked;
                Socket silent = caller(serving, stream, "say 3");
                Serving.until(() -> neighbours.get(0).requests() == number);
                leave(
                        stream ? "before a stream's first byte" : "before a whole answer",
                        serving,
                        silent,
                        () -> neighbours.get(0).aborted() == number);
            }
            neighbours.get(0).mode(FaultMode.OK);
            Socket reading = caller(serving, true, "say 400 every 20");
            assertThat(new String(reading.getInputStream().readNBytes(15), StandardCharsets.UTF_8))
                    .contains("200");
            leave(
                    "in the midst of a stream",
                    serving,
                    reading,
                    () -> neighbours.get(0).aborted() == 3);
            neighbours.get(0).mode(FaultMode.drip(50));
            Socket waiting = caller(serving, false, "say 30");
            Serving.until(() -> neighbours.get(0).requests() == 4);
            leave(
                    "in the midst of a whole answer",
                    serving,
                    waiting,
                    () -> neighbours.get(0).aborted() == 4);
        }
    }

    @Test
    void whileTwoAreAsked() throws IOException {
        try (Serving serving = serve(alone(""), neighbours.listed(1, "kind: generic, models: [m], priority: 60"))) {
            neighbours.all().forEach(backend -> backend.mode(FaultMode.slow(60_000)));
            Socket caller = caller(serving, true, "say 3");
            Serving.until(() -> neighbours.get(1).requests() == 1);

            leave(
                    "while two were asked",
                    serving,
                    caller,
                    () -> neighbours.get(0).aborted() == 1 && neighbours.get(1).aborted() == 1);
        }
    }

    @Test
    void inTheQueue() throws IOException {
        try (Serving serving = serve(alone(", max-concurrent: 1"))) {
            neighbours.get(0).mode(FaultMode.slow(60_000));
            Socket first = caller(serving, false, "say 1");
            Serving.until(() -> neighbours.get(0).requests() == 1);
            Socket second = caller(serving, false, "say 1");
            CompletableFuture<HttpResponse<String>> third =
                    serving.askLater("{'model':'m','messages':[{'role':'user','content':'say 2'}]}");
            leaveTheQueue(serving, second);
            neighbours.get(0).mode(FaultMode.OK);
            leave("while others waited", serving, first, () -> neighbours.get(0).aborted() == 1);

            assertThat(third.join().statusCode()).isEqualTo(200);
            assertThat(neighbours.get(0).requests()).isEqualTo(2);
        }
    }

    private static void leaveTheQueue(Serving serving, Socket caller) throws IOException {
        long start = System.nanoTime();
        caller.close();
        Serving.until(() -> cancelled(serving) == 1);
        System.out.printf("left the queue: known after %.0f ms%n", (System.nanoTime() - start) / 1e6);
    }

    @Test
    void beforeItIsAskedAgain() throws IOException {
        try (Serving serving = serve(alone(""))) {
            neighbours.get(0).mode(FaultMode.status(429));
            Socket caller = caller(serving, false, "say 1");
            Serving.until(() -> neighbours.get(0).requests() == 1);

            leave("before it was asked again", serving, caller, () -> cancelled(serving) == 1);
            neighbours.get(0).mode(FaultMode.OK);
            assertThat(serving.ask("{'model':'m','messages':[{'role':'user','content':'say 2'}]}")
                            .statusCode())
                    .isEqualTo(200);

            assertThat(neighbours.get(0).requests()).isEqualTo(2);
        }
    }

    @Test
    void whileNobodyAcceptsTheConnection() throws IOException {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
            try (Serving serving = serve(Neighbours.listed(9, url, "kind: generic, models: [m]"))) {
                list(full, () -> Neighbours.up(serving) == 1);
                fill(full, filling);
                Socket caller = caller(serving, true, "say 1");
                Serving.until(() -> Neighbours.pending(serving) == 1);

                leave("while connecting", serving, caller, () -> Neighbours.pending(serving) == 0);
            }
        } finally {
            for (Socket one : filling) {
                one.close();
            }
        }
    }

    /** Tells all who come that there is one model, until that is enough. */
    private static void list(ServerSocket server, BooleanSupplier isEnough) throws IOException {
        server.setSoTimeout(100);
        for (int turn = 0; !isEnough.getAsBoolean(); turn++) {
            assertThat(turn).isLessThan(300);
            try (Socket visitor = server.accept()) {
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) visitor.getInputStream().read());
                }
                visitor.getOutputStream().write(LIST.getBytes(StandardCharsets.UTF_8));
            } catch (SocketTimeoutException nobodyCame) {
                assertThat(server.isClosed()).isFalse();
            }
        }
    }

    /** Until nobody gets in any more. */
    private static void fill(ServerSocket full, List<Socket> filling) throws IOException {
        while (filling.size() < 100) {
            Socket one = new Socket();
            filling.add(one);
            try {
                one.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 300);
            } catch (SocketTimeoutException nobodyAccepts) {
                return;
            }
        }
        throw new AssertionError("it accepts everybody");
    }
}

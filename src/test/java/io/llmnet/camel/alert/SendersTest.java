package io.llmnet.camel.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeSocket;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendersTest {
    private static final Pace QUICK = new Pace(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(5),
            Duration.ofMillis(40),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));
    private static final String KEY = "p/bell";

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Senders senders = new Senders(
            vertx, registry, QUICK, (sender, text) -> sender.socket().writeTextMessage(text));

    @AfterEach
    void end() {
        senders.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Graph alerting(String url) {
        return Compositions.read("p.yaml", """
                        models: {m: {url: 'http://localhost:1'}}
                        architecture:
                        - {name: chat, layer: 0, model: m}
                        - {name: bell, adapter: ws, url: '%s'}
                        """.formatted(url), name -> null)
                .graph()
                .orElseThrow();
    }

    private void keep(String url) {
        senders.keep(List.of(alerting(url)));
    }

    private void offer(int from, int to) {
        numbers(from, to).forEach(text -> senders.offer(KEY, text));
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private double count(String name) {
        return registry.get("llmnet.alerts." + name).tag("pipeline", "p").tag("alert", "bell").meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void tellsInOrderOverOneConnection() {
        try (FakeSocket server = FakeSocket.start()) {
            keep(server.url());

            offer(0, 500);

            eventually("all is told", () -> server.told().size() == 500);
            assertThat(server.told()).isEqualTo(numbers(0, 500));
            assertThat(server.handshakes()).hasSize(1);
            eventually("all is counted", () -> count("sent") == 500);
            assertThat(count("dropped")).isZero();
        }
    }

    @Test
    void keepsWhatComesBeforeTheServer() {
        int port = FakeSocket.freePort();
        try (FakeSocket server = FakeSocket.onPort(port)) {
            keep(server.url());
            offer(0, 3);

            server.restart();

            eventually("all is told", () -> server.told().size() == 3);
            assertThat(server.told()).isEqualTo(numbers(0, 3));
        }
    }

    @Test
    void comesBackToAServerThatWasAway() {
        try (FakeSocket server = FakeSocket.start()) {
            keep(server.url());
            offer(0, 2);
            eventually("the first are told", () -> server.told().size() == 2);
            server.stop();
            offer(2, 50);

            server.restart();

            eventually("the others are told", () -> server.told().size() == 50);
            assertThat(server.told()).isEqualTo(numbers(0, 50));
        }
    }

    @Test
    void dropsTheOldestWhenTooManyWait() {
        try (FakeSocket server = FakeSocket.onPort(FakeSocket.freePort())) {
            keep(server.url());

            offer(0, 1005);

            eventually("five are dropped", () -> count("dropped") == 5);
            assertThat(count("buffered")).isEqualTo(1000);
            server.restart();
            eventually("the others are told", () -> server.told().size() == 1000);
            assertThat(server.told()).isEqualTo(numbers(5, 1005));
            eventually("nothing waits", () -> count("buffered") == 0);
        }
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws IOException {
        int port;
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = mute.getLocalPort();
            keep("ws://localhost:" + port + "/alerts");
            offer(0, 2000);
            eventually("it was tried", () -> count("dropped") == 1000);
            mute.accept().close();
        }
        try (FakeSocket server = FakeSocket.onPort(port).restart()) {
            eventually("the rest is told", () -> server.told().size() == 1000);

            assertThat(server.told()).isEqualTo(numbers(1000, 2000));
        }
    }

    @Test
    void holdsNoMoreThanItsRoomForAServerThatDoesNotRead() {
        String big = "x".repeat(100_000);
        try (FakeSocket server = FakeSocket.start()) {
            server.stall(true);
            keep(server.url());

            numbers(0, 3000).forEach(number -> senders.offer(KEY, number + big));

            eventually("most is dropped", () -> count("sent") + count("dropped") > 2800);
            assertThat(count("buffered") * big.length()).isLessThan(10 << 20);
            server.stall(false);
            eventually("the newest is told", () -> server.told().contains("2999" + big));
            eventually("nothing waits", () -> count("buffered") == 0);
            eventually("all is accounted for", () -> count("sent") + count("dropped") == 3000);
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler listening = listening(warnings);
        Logger logger = Logger.getLogger(Sender.class.getName());
        logger.addHandler(listening);
        try (FakeSocket server = FakeSocket.startSecure()) {
            keep(server.url());

            offer(0, 1);

            eventually("it is told", () -> !warnings.isEmpty());
            assertThat(warnings.get(0))
                    .contains("p/bell cannot be told to wss://localhost:")
                    .contains("certification path");
            assertThat(server.handshakes()).isEmpty();
            assertThat(count("buffered")).isEqualTo(1);
        } finally {
            logger.removeHandler(listening);
        }
    }

    private static Handler listening(List<String> warnings) {
        return new Handler() {
            @Override
            public void publish(LogRecord told) {
                warnings.add(told.getMessage() + Arrays.toString(told.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void sendsWhatWaitsBeforeItEnds() {
        try (FakeSocket server = FakeSocket.start()) {
            keep(server.url());
            offer(0, 200);

            senders.close();

            eventually("all is told", () -> server.told().size() == 200);
            assertThat(count("dropped")).isZero();
            eventually("it has gone", () -> server.clients() == 0);
        }
    }

    @Test
    void endsWithoutWaitingForAServerThatIsNotThere() {
        keep("ws://127.0.0.1:" + FakeSocket.freePort());
        offer(0, 7);

        senders.close();

        assertThat(count("dropped")).isEqualTo(7);
    }

    @Test
    void keepsTheSenderWhoseAddressStays() {
        try (FakeSocket server = FakeSocket.start()) {
            keep(server.url());
            offer(0, 1);
            eventually("it is connected", () -> server.told().size() == 1);

            keep(server.url());

            offer(1, 2);
            eventually("it is told", () -> server.told().size() == 2);
            assertThat(server.handshakes()).hasSize(1);
        }
    }

    @Test
    void goesToTheNewAddress() {
        try (FakeSocket before = FakeSocket.start();
                FakeSocket after = FakeSocket.start()) {
            keep(before.url());
            offer(0, 1);
            eventually("it is told", () -> before.told().size() == 1);

            keep(after.url().replace("ws://", "ws://me:pass@") + "?token=t");

            offer(1, 2);
            eventually("the other is told", () -> after.told().equals(List.of("1")));
            assertThat(after.handshakes()).containsExactly("/alerts?token=t Basic bWU6cGFzcw==");
            eventually("the first is left", () -> before.clients() == 0);
        }
    }

    @Test
    void endsWhatIsInNoPipelineAnyMore() {
        try (FakeSocket server = FakeSocket.start()) {
            keep(server.url());
            offer(0, 1);
            eventually("it is told", () -> server.told().size() == 1);

            senders.keep(List.of());

            eventually("it is left", () -> server.clients() == 0);
            offer(1, 2);
            assertThat(server.told()).containsExactly("0");
        }
    }
}

package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.FakeVisit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a caller leaves, the model servers that work for it are left at once (CONFORMANCE 3). */
@QuarkusTest
@QuarkusTestResource(Served.class)
class LeavingTest {
    private static final int ROUNDS = 4;

    private final Caller caller = Caller.ofServer();

    @ParameterizedTest
    @CsvSource({
        "hang-head, false, 1",
        "hang-head, true, 1",
        "hang-first, true, 1",
        "hang-mid, false, 1",
        "hang-mid, true, 1",
        "ollama-hang-mid, true, 1",
        "layers-hang, true, 1",
        "layers-hang, false, 1",
        "intent-hang, false, 1"
    })
    void theModelServerIsLeft(String model, boolean stream, int calls) throws IOException {
        List<Long> tookMillis = new ArrayList<>();
        // The first pays for classes that are loaded.
        for (int round = 0; round < ROUNDS; round++) {
            String id = Caller.newId();
            String body = stream ? streamed(model, "hello my dear") : question(model, "hello my dear");
            long left;
            try (Socket socket = caller.beginChat(body, id)) {
                Eventually.holds(
                        "the model is asked", () -> Served.backend().visits(id).size() == calls);
                if (model.endsWith("hang-mid") && stream) {
                    assertThat(socket.getInputStream().read()).isPositive();
                }
                left = System.nanoTime();
            }
            FakeVisit visit = Served.backend().visits(id).get(calls - 1);
            Eventually.holds("the model is left", visit::isAbandoned);
            tookMillis.add((visit.abandonedNanos() - left) / 1_000_000);
        }

        System.out.printf("%s stream=%s: model server left after %s ms%n", model, stream, tookMillis);
    }

    @Test
    void allBranchesOfAFanOutAreLeft() throws IOException {
        String id = Caller.newId();
        try (Socket socket = caller.beginChat(question("panel-hang", "hello"), id)) {
            Eventually.holds("all are asked", () -> Served.backend().visits(id).size() == 3);
            assertThat(socket.isConnected()).isTrue();
        }

        Eventually.holds(
                "all are left", () -> Served.backend().visits(id).stream().allMatch(FakeVisit::isAbandoned));
    }

    @Test
    void nobodyIsAskedForACallerWhoIsGoneBetweenTwoLayers() throws IOException {
        String id = Caller.newId();
        try (Socket socket = caller.beginChat(question("layers-slow", "hello"), id)) {
            Eventually.holds(
                    "the first is asked", () -> Served.backend().visits(id).size() == 1);
            assertThat(socket.isConnected()).isTrue();
        }

        Eventually.holds(
                "the first is left", () -> Served.backend().visits(id).get(0).isAbandoned());
        assertThat(Served.backend().visits(id)).hasSize(1);
    }

    @Test
    void aStreamThatIsGivenUpIsCountedAsSuchWithWhatItUsed() throws IOException {
        String id = Caller.newId();
        try (Socket socket = caller.beginChat(streamed("layers-hang-late", "hello"), id)) {
            Eventually.holds("both are asked", () -> Served.backend().visits(id).size() == 2);
            assertThat(socket.isConnected()).isTrue();
        }

        Eventually.holds(
                "the tokens of the first are counted",
                () -> caller.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith("llmnet_tokens_total")
                                && line.contains("kind=\"completion\"")
                                && line.contains("model=\"layers-hang-late\"")
                                && line.contains("status=\"499\"")
                                && line.endsWith(" 3.0")));
    }

    /** A caller that stops reading stops the model; one that is gone ends it. */
    @Test
    void aCallerWhoDoesNotReadIsStillKnownToBeGone() throws IOException {
        String id = Caller.newId();
        try (Socket socket = caller.beginChat(streamed("flood", "hello"), id)) {
            assertThat(socket.getInputStream().read()).isPositive();
            Eventually.holds(
                    "the model waits", () -> Served.backend().visits(id).get(0).isStalled());
            reset(socket);
        }

        Eventually.holds(
                "the model is left", () -> Served.backend().visits(id).get(0).isAbandoned());
    }

    private static void reset(Socket socket) throws SocketException {
        socket.setSoLinger(true, 0);
    }
}

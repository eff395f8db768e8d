package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.process.Program.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server listens. */
class ListeningIT {
    @TempDir
    private Path folder;

    private int free;

    @BeforeEach
    void wish() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("chat.yaml"), """
                models:
                  small: {url: "http://127.0.0.1:9"}
                architecture:
                  - {name: chat, layer: 0, model: small, bind-addr: 127.0.0.2, bind-port: %d, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(free));
    }

    @Test
    void listensWhereTheFirstNodeSays() {
        try (Serving serving = Serving.start(Program.in(folder), "chat.yaml")) {
            assertThat(serving.root()).hasToString("http://127.0.0.2:" + free);
            assertThat(serving.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void flagsBeatTheFile() {
        try (Serving serving =
                Serving.start(Program.in(folder), "run", "--bind-addr", "127.0.0.1", "--port", "0", "chat.yaml")) {
            assertThat(serving.root().getHost()).isEqualTo("127.0.0.1");
            assertThat(serving.root().getPort()).isNotEqualTo(free).isPositive();
            assertThat(serving.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            Ended ended = Program.in(folder).run("run", "--port", "" + taken.getLocalPort(), "chat.yaml");

            assertThat(ended)
                    .isEqualTo(new Ended(
                            1,
                            "",
                            "llmnet: cannot listen on 127.0.0.2:" + taken.getLocalPort()
                                    + ": the port is in use; stop what listens there, or name another with --port\n"));
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneLine() {
        Ended ended = Program.in(folder).run("run", "--bind-addr", "192.0.2.1", "chat.yaml");

        assertThat(ended)
                .isEqualTo(new Ended(
                        1,
                        "",
                        "llmnet: cannot listen on 192.0.2.1:" + free
                                + ": the address is not of this machine; name one of its own with --bind-addr\n"));
    }

    @Test
    void theConsolesMoveWhereTheirPortIsTaken() throws IOException {
        try (ServerSocket taken = takenOrAlready(9876);
                Serving serving = Serving.start(Program.in(folder), "run", "-v", "--port", "0", "chat.yaml")) {
            assertThat(taken.isBound()).isTrue();
            assertThat(serving.get("/health").statusCode()).isEqualTo(200);
            assertThat(serving.running().err())
                    .containsPattern("Management interface listening on http://127\\.0\\.0\\.1:[1-9]");
        }
    }

    /** The port in use: by us, or by whoever has it. */
    private static ServerSocket takenOrAlready(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException inUse) {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        }
    }
}

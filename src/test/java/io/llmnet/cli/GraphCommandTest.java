package io.llmnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.llmnet.quickstart.Household;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCommandTest {
    private static final String FILE = """
            models: {m: {url: "http://h"}}
            architecture:
              - {name: chat, layer: 0, model: m, output-to: [out]}
              - {name: out, adapter: output}
            """;
    private static final String TOLD = """
            {"name": "chat", "entry": "chat",
             "nodes": [{"name": "chat", "layer": 0, "role": "model", "model": "m", "use_case": null, "condition": null,
                        "fan_out": false, "entered": 3, "answered": 2, "failed": 1, "in_flight": 0, "mean_ms": 20.4},
                       {"name": "out", "layer": 1, "role": "output", "model": null, "entered": 0}],
             "edges": [{"from": "chat", "to": "out", "chosen": 0}]}
            """;

    @TempDir
    Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private @Nullable HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/pipelines", exchange -> answer(exchange, 200, "{\"pipelines\": [\"chat\"]}"));
        started.createContext("/pipelines/", exchange -> answer(exchange, 404, "{}"));
        started.createContext("/pipelines/chat/graph", exchange -> answer(exchange, 200, TOLD));
        started.start();
        server = started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + (server == null ? 0 : server.getAddress().getPort());
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        return new Cli(terminal, Map.of("LLMNET_HOME", folder.toString())::get, new NoServer(), flags -> 0)
                .run(arguments);
    }

    private String file() throws IOException {
        return Files.writeString(folder.resolve("chat.yaml"), FILE).toString();
    }

    @Test
    void aFileIsDrawn() throws IOException {
        int code = run("graph", file());

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("chat\n\n● chat  (asks m)\n  └─ out  (output)\n");
    }

    @Test
    void theExtensionSaysTheFormat() throws IOException {
        Path drawing = folder.resolve("chat.svg");

        run("graph", file(), "-o", drawing.toString());
        run("graph", file(), "--format", "mermaid");

        assertThat(drawing).content().startsWith("<svg ");
        assertThat(out.toString(UTF_8)).startsWith("flowchart LR\n");
    }

    @Test
    void aNamedServerCounts() throws IOException {
        int code = run("graph", file(), "--server", url());

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).contains("● chat  (asks m)  [3 asked, 1 failed, 20 ms]\n");
    }

    @Test
    void aServedPipelineNeedsNoFile() {
        int code = run("graph", "chat", "--server", url());

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).contains("● chat  (asks m)  [3 asked, 1 failed, 20 ms]\n  └─ out  (output)\n");
    }

    @Test
    void aServerThatIsFoundCounts() throws Exception {
        Running running = new Running(
                ProcessHandle.current().pid(), URI.create("http://127.0.0.1:1"), URI.create(url()), List.of("chat"));
        try (AutoCloseable announced = new Servers(new Household(folder)).announce(running)) {
            run("graph", file());

            assertThat(announced).isNotNull();
            assertThat(out.toString(UTF_8)).contains("[3 asked");
        }
    }

    @Test
    void whatCannotBeDrawnIsOneLine() throws IOException {
        assertThat(run("graph", "chta", "--server", url())).isEqualTo(1);
        assertThat(run("graph", "gone.yaml")).isEqualTo(1);
        assertThat(run("graph", "chat", "--server", "127.0.0.1:1")).isEqualTo(1);
        assertThat(run("graph", "chat")).isEqualTo(1);
        assertThat(run("graph", file(), "--format", "png")).isEqualTo(2);

        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "llmnet: there is no file and no served pipeline \"chta\"; did you mean \"chat\"?",
                        "llmnet: no such file: gone.yaml",
                        "llmnet: no server answers at http://127.0.0.1:1; is it running?",
                        "llmnet: no server runs on this machine; start one, or name one with --server",
                        "llmnet: 'png' is no format; use text, mermaid or svg",
                        "llmnet: see llmnet graph --help");
    }

    private static final class NoServer implements Server {
        @Override
        public int serve(RunOptions options, Consumer<URI> listening) {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void stop(int code) {
            throw new IllegalStateException("nobody asks for it");
        }
    }
}

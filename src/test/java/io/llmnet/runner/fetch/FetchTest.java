package io.llmnet.runner.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a server on this machine that does what hubs do. */
class FetchTest {
    private static final byte[] FILE =
            "GGUF and a lot more of it".repeat(100_000).getBytes(UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer hub;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger breaks = new AtomicInteger();
    private volatile String version = "\"one\"";

    @BeforeEach
    void openHub() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.setExecutor(Executors.newCachedThreadPool());
        hub.start();
    }

    @AfterEach
    void closeHub() {
        hub.stop(0);
    }

    private String root() {
        return "http://127.0.0.1:" + hub.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(path
                + (range == null ? "" : " " + range)
                + (exchange.getRequestHeaders().containsKey("Authorization") ? " with a token" : ""));
        try (exchange) {
            if (path.startsWith("/org/repo/resolve/main/")) {
                // another name of the same machine: the place where hubs keep the bytes
                exchange.getResponseHeaders()
                        .add("Location", "http://localhost:" + hub.getAddress().getPort() + "/bytes");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/bytes")) {
                bytes(exchange, range);
            } else {
                exchange.sendResponseHeaders(path.startsWith("/closed") ? 401 : 404, -1);
            }
        }
    }

    private void bytes(HttpExchange exchange, @Nullable String range) throws IOException {
        exchange.getResponseHeaders().add("ETag", version);
        boolean goesOn =
                range != null && version.equals(exchange.getRequestHeaders().getFirst("If-Range"));
        int from = goesOn && range != null ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        exchange.sendResponseHeaders(goesOn ? 206 : 200, FILE.length - from);
        int to = breaks.getAndDecrement() > 0 ? (from + FILE.length) / 2 : FILE.length;
        exchange.getResponseBody().write(Arrays.copyOfRange(FILE, from, to));
    }

    private Fetch fetch(@Nullable String token) {
        return new Fetch(folder.resolve("cache"), Hub.of(Map.of("HF_ENDPOINT", root() + "/")::get, token), told::add);
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileOfAHubIsFetchedOnceAndItsTokenIsTheHubsAlone() throws Exception {
        Path file = fetch("hf_x").file("hf://org/repo/deep/m.gguf");
        Path again = fetch("hf_x").file("huggingface://org/repo/deep/m.gguf");

        assertThat(file).isEqualTo(again).hasBinaryContent(FILE);
        assertThat(file.getFileName().toString())
                .isEqualTo(Fetch.name(URI.create(root() + "/org/repo/resolve/main/deep/m.gguf")))
                .matches("[0-9a-f]{16}\\.gguf");
        assertThat(asked).containsExactly("/org/repo/resolve/main/deep/m.gguf with a token", "/bytes");
        assertThat(told).first().asString().startsWith("fetching " + root());
        assertThat(told).anyMatch(line -> line.startsWith("fetched ") && !line.contains("hf_x"));
    }

    @Test
    void theNameIsThatOfTheOriginal() {
        assertThat(Fetch.name(URI.create("https://example.com/model.gguf"))).matches("[0-9a-f]{16}\\.gguf");
        assertThat(Fetch.name(URI.create("https://example.com/v1.5/model"))).matches("[0-9a-f]{16}");
    }

    @Test
    void whatBreaksOffGoesOnWhereItStopped() throws Exception {
        breaks.set(2);

        Path file = fetch(null).file(root() + "/bytes");

        assertThat(file).hasBinaryContent(FILE);
        assertThat(asked).hasSize(3).first().isEqualTo("/bytes");
        assertThat(asked.get(1)).startsWith("/bytes bytes=");
        assertThat(kept()).hasSize(2).allMatch(name -> name.endsWith(".lock") || !name.contains("."));
    }

    @Test
    void whatBreaksOffAndIsAnotherThenIsBegunAnew() throws Exception {
        breaks.set(Integer.MAX_VALUE);
        assertThatThrownBy(() -> fetch(null).file(root() + "/bytes")).hasMessageContaining("it broke off after");
        breaks.set(0);
        version = "\"two\"";

        assertThat(fetch(null).file(root() + "/bytes")).hasBinaryContent(FILE);
    }

    @Test
    void manyWhoWantItGetItFetchedOnce() throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        Callable<Path> wish = () -> fetch(null).file(root() + "/bytes");

        for (var file : pool.invokeAll(Collections.nCopies(8, wish))) {
            assertThat(file.get()).hasBinaryContent(FILE);
        }
        pool.shutdown();

        assertThat(asked).hasSize(1);
    }

    @Test
    void whatIsRefusedIsToldWithWhatToDo() {
        assertThatThrownBy(() -> fetch(null).file(root() + "/closed/m.gguf"))
                .hasMessageContaining("answered 401; set HF_TOKEN");
        assertThatThrownBy(() -> fetch(null).file("hf://org/other/m.gguf"))
                .hasMessageContaining("answered 404; is the name right?");
        assertThatThrownBy(() -> fetch(null).file("hf://org/repo"))
                .hasMessage("hf://org/repo names no file; write hf://org/repo/file.gguf");
        assertThat(asked).hasSize(2);
    }
}

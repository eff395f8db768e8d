package io.llmnet.app;

import io.llmnet.FakeBackend;
import io.llmnet.FakeCollector;
import io.llmnet.FakeFunctions;
import io.llmnet.FakeSocket;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What all tests of the running server share: one backend that does as it is told, and the pipelines that ask it. */
public final class Served implements QuarkusTestResourceLifecycleManager {
    private static final AtomicReference<@Nullable FakeBackend> BACKEND = new AtomicReference<>();
    private static final AtomicReference<@Nullable FakeSocket> SOCKET = new AtomicReference<>();
    private static final AtomicReference<@Nullable FakeCollector> COLLECTOR = new AtomicReference<>();

    private static final AtomicReference<@Nullable Path> LIVE = new AtomicReference<>();

    private static final AtomicReference<@Nullable FakeFunctions> FUNCTIONS = new AtomicReference<>();

    private @Nullable Path folder;

    /** The backend behind all pipelines. */
    static FakeBackend backend() {
        return Objects.requireNonNull(BACKEND.get(), "the server's tests have not begun");
    }

    /** The WebSocket server that alerts go to. */
    static FakeSocket socket() {
        return Objects.requireNonNull(SOCKET.get(), "the server's tests have not begun");
    }

    /** What the hooks of all pipelines call. */
    static FakeFunctions functions() {
        return Objects.requireNonNull(FUNCTIONS.get(), "the server's tests have not begun");
    }

    /** A folder of pipelines that the server watches; who puts files there takes them away again. */
    static Path live() {
        return Objects.requireNonNull(LIVE.get(), "the server's tests have not begun");
    }

    /** Whom the server tells of spans. */
    static FakeCollector collector() {
        return Objects.requireNonNull(COLLECTOR.get(), "the server's tests have not begun");
    }

    @Override
    public Map<String, String> start() {
        FakeBackend backend = FakeBackend.start();
        BACKEND.set(backend);
        FakeSocket socket = FakeSocket.start();
        SOCKET.set(socket);
        FakeCollector collector = FakeCollector.start();
        COLLECTOR.set(collector);
        // OpenTelemetry's own key: what has ended is told soon.
        System.setProperty("otel.bsp.schedule.delay", "50");
        FakeFunctions functions = FakeFunctions.start();
        FUNCTIONS.set(functions);
        Map<String, String> files = new LinkedHashMap<>();
        ServedPipelines.oneModel(backend.url()).forEach((name, text) -> files.put(name + ".json", text));
        ServedPipelines.ofSeveral(backend.url(), FakeBackend.nobody())
                .forEach((name, text) -> files.put(name + ".yaml", text));
        ServedPipelines.alerting(backend.url(), socket.url(), URI.create("http://127.0.0.1:" + FakeSocket.freePort()))
                .forEach((name, text) -> files.put(name + ".yaml", text));
        HookPipelines.all(functions.url()).forEach((name, text) -> files.put(name + ".json", text));
        Examples.all().forEach(example -> files.put("example-" + example.getFileName(), text(example, backend)));
        return Map.of(
                "llmnet.pipelines", written(files),
                "llmnet.max-body-size", "21M",
                "llmnet.sign-of-life", "100ms",
                "llmnet.embedding", "target/no-embedding",
                "llmnet.telemetry.otlp", collector.url().toString(),
                "llmnet.telemetry.log-prompts", "true");
    }

    @Override
    public void stop() {
        try {
            backend().close();
            socket().close();
            collector().close();
            System.clearProperty("otel.bsp.schedule.delay");
            functions().close();
            Path written = Objects.requireNonNull(folder);
            for (Path file : files(written)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static String text(Path example, FakeBackend backend) {
        return Examples.with(example, backend.url());
    }

    private String written(Map<String, String> files) {
        try {
            Path target = Files.createTempDirectory("llmnet-served");
            folder = target;
            StringBuilder names = new StringBuilder();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = Files.writeString(target.resolve(file.getKey()), file.getValue());
                names.append(names.isEmpty() ? "" : ",").append(path);
            }
            Path live = Files.createDirectories(target.resolve("live"));
            Files.createDirectories(live.resolve("routes"));
            LIVE.set(live);
            return names.append(',').append(live).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

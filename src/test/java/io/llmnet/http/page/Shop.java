package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.ledger.Budget;
import io.llmnet.gateway.ledger.Fleet;
import io.llmnet.gateway.ledger.Ledger;
import io.llmnet.http.Entries;
import io.llmnet.http.Entry;
import io.llmnet.http.Front;
import io.llmnet.http.Limits;
import io.llmnet.protocol.json.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A front on a free port, with a fake operator behind it. JSON is written with single quotes. */
public final class Shop implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public final FakeOperator operator = new FakeOperator();
    public final Ledger ledger = new Ledger(
            () -> FakeOperator.PROBED, System::nanoTime, Budget.NONE, Fleet.Terms.USUAL, member -> true, null);
    public volatile List<String> pipelines = List.of();
    public final Vertx vertx = Vertx.vertx();
    public final Front front = new Front(
            vertx,
            new Named(),
            new Limits(new Limits.ByteSize(10_000), Duration.ofMinutes(1), 10, Duration.ofSeconds(15)),
            new SimpleMeterRegistry(),
            () -> "some_metric 1\n",
            operator,
            ledger,
            "shop");
    private final HttpServer server = open();

    /** Pipelines that nobody asks. */
    private final class Named implements Entries {
        @Override
        public @Nullable Entry named(@Nullable String model) {
            return null;
        }

        @Override
        public List<String> pipelines() {
            return pipelines;
        }

        @Override
        public List<String> names() {
            return pipelines;
        }

        @Override
        public Set<String> alertsOf(String pipeline) {
            return Set.of();
        }

        @Override
        public int nodes() {
            return 0;
        }
    }

    private HttpServer open() {
        Router router = Router.router(vertx);
        router.route().handler(front::handle);
        router.route().handler(front::notFound);
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(router)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return server.actualPort();
    }

    /** What a page shows. */
    public JsonNode page(String path) {
        return get(path);
    }

    JsonNode get(String path, String... headers) {
        HttpResponse<String> answer = send("GET", path, "", headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer.body());
    }

    /** Sends a request, with headers as names and values in turn. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        for (int each = 0; each < headers.length; each += 2) {
            request.header(headers[each], headers[each + 1]);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of a method and path without a body, asked for under a name that ours is not. */
    int statusFor(String host, String order) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            String request = order + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Fault.INTERNAL, "it");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

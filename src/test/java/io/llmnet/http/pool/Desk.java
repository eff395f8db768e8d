package io.llmnet.http.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.http.Limits;
import io.llmnet.pool.Pools;
import io.llmnet.protocol.json.Json;
import io.llmnet.settings.PoolSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** LLM Pool's door on a free port, with scripted councils behind it. JSON is written with single quotes. */
final class Desk implements AutoCloseable {
    static final Limits LIMITS =
            new Limits(new Limits.ByteSize(20_000), Duration.ofMinutes(1), 3, Duration.ofSeconds(15));

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final Vertx vertx = Vertx.vertx();
    final Pools house = new Pools(
            (nanos, task) -> {
                long timer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(nanos), id -> task.run());
                return () -> vertx.cancelTimer(timer);
            },
            System::nanoTime);
    final PoolDoor door = PoolDoor.open(vertx, house.pool, LIMITS, new PoolSettings.Door("127.0.0.1", 0))
            .toCompletableFuture()
            .join();

    CompletableFuture<HttpResponse<String>> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        for (int each = 0; each < headers.length; each += 2) {
            request.header(headers[each], headers[each + 1]);
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sending(String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "content-type";
        all[1] = "application/json";
        return send("POST", "/v1/infer", body, all);
    }

    /** What comes of a task. */
    HttpResponse<String> infer(String body, String... headers) {
        return sending(body, headers).join();
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(UTF_8), Fault.INTERNAL, "it");
    }

    static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"').getBytes(UTF_8), Fault.INTERNAL, "it");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

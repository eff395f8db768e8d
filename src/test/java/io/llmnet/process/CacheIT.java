package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that keeps answers. */
class CacheIT {
    private static final String QUICK = "discovery: {sweep: 100ms, every: 200ms, timeout: 1s}\n";

    @TempDir
    private Path folder;

    private Neighbours neighbours = new Neighbours(Path.of(""), 0);

    @BeforeEach
    void begin() {
        neighbours.close();
        neighbours = new Neighbours(folder, 1);
    }

    @AfterEach
    void end() {
        neighbours.close();
    }

    @Test
    void theSameIsAskedOnceWhetherWholeOrAsAStream() {
        try (Serving serving = serve("cache: {ttl: 1m}\n")) {
            HttpResponse<String> first = serving.ask(whole("say 3"));
            HttpResponse<String> again = serving.ask(whole("say 3"));
            HttpResponse<String> stream = serving.ask(stream("say 3"));

            assertThat(given(first)).isEqualTo("miss");
            assertThat(given(again)).isEqualTo("hit");
            assertThat(again.headers().firstValue("age")).isPresent();
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(given(stream)).isEqualTo("hit");
            assertThat(stream.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(stream.body()).contains("w1 w2 w3").endsWith("data: [DONE]\n\n");
            assertThat(neighbours.get(0).requests()).isOne();
            assertThat(serving.get("/metrics").body())
                    .contains("llmnet_cache_requests_total{result=\"hit\",} 2.0")
                    .contains("llmnet_cache_requests_total{result=\"miss\",} 1.0")
                    .contains("llmnet_cache_entries 1.0")
                    .contains("llmpool_cache_hit_ratio 0.66");
        }
    }

    @Test
    void aStreamIsSharedWhileItFlowsAndKeptWhole() throws IOException {
        try (Serving serving = serve("cache: {ttl: 1m}\n")) {
            CompletableFuture<HttpResponse<String>> first = serving.askLater(stream("say 40 every 100"));
            Serving.until(() -> neighbours.get(0).requests() == 1);
            List<CompletableFuture<HttpResponse<String>>> more = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                more.add(serving.askLater(stream("say 40 every 100")));
            }
            HttpResponse<InputStream> leaver = serving.stream(stream("say 40 every 100"));
            leaver.body().readNBytes(10);
            leaver.body().close();

            String said = first.join().body();
            for (CompletableFuture<HttpResponse<String>> each : more) {
                assertThat(each.join().body()).isEqualTo(said);
                assertThat(given(each.join())).isEqualTo("shared");
            }
            HttpResponse<String> after = serving.ask(whole("say 40 every 100"));
            assertThat(said).endsWith("data: [DONE]\n\n");
            assertThat(given(after)).isEqualTo("hit");
            assertThat(after.body()).contains("w39 w40");
            assertThat(neighbours.get(0).requests()).isOne();
        }
    }

    @Test
    void theBackendIsLeftWhenTheLastHasLeft() throws IOException {
        try (Serving serving = serve("cache: {ttl: 1m}\n")) {
            InputStream one = serving.stream(stream("say 1000 every 50")).body();
            InputStream other = serving.stream(stream("say 1000 every 50")).body();
            one.readNBytes(10);
            one.close();
            String heard = new String(other.readNBytes(1000), StandardCharsets.UTF_8);
            assertThat(neighbours.answering()).isOne();
            other.close();

            assertThat(heard).contains("w2");
            Serving.until(() -> neighbours.answering() == 0 && Neighbours.pending(serving) == 0);
        }
    }

    @Test
    void whoWantsNothingKeptIsHeard() {
        try (Serving serving = serve("cache: {ttl: 1m}\n")) {
            HttpResponse<String> first = serving.ask(whole("say 3"), "cache-control", "no-store");
            HttpResponse<String> second = serving.ask(whole("say 3"), "x-llmnet-cache", "no-store");
            HttpResponse<String> other = serving.ask(whole("say 3"), "x-api-key", "another");
            HttpResponse<String> tenant = serving.ask(whole("say 3"), "x-tenant-id", "another");

            assertThat(List.of(given(first), given(second), given(other), given(tenant)))
                    .containsExactly("bypass", "bypass", "miss", "miss");
            assertThat(neighbours.get(0).requests()).isEqualTo(4);
        }
    }

    @Test
    void nothingIsKeptWhereNobodyHasSaidSo() {
        try (Serving serving = serve("")) {
            HttpResponse<String> first = serving.ask(whole("say 3"));
            serving.ask(whole("say 3"));

            assertThat(first.headers().firstValue("x-llmnet-cache")).isEmpty();
            assertThat(neighbours.get(0).requests()).isEqualTo(2);
        }
    }

    @Test
    void whatIsInARedisOutlivesTheServer() {
        try (RedisServer redis = RedisServer.start("--requirepass", "a-secret")) {
            String settings = "cache: {store: redis, url: '" + redis.url("a-secret") + "', ttl: 1m}\n";
            try (Serving serving = serve(settings)) {
                serving.ask(whole("say 3"));
                Serving.until(() -> given(serving.ask(whole("say 3"))).equals("hit"));
            }
            try (Serving serving = serve(settings)) {
                Serving.until(() -> given(serving.ask(whole("say 3"))).equals("hit"));
                assertThat(neighbours.get(0).requests()).isLessThanOrEqualTo(2);
                redis.kill();

                HttpResponse<String> without = serving.ask(whole("say 3"));

                assertThat(without.statusCode()).isEqualTo(200);
                assertThat(given(without)).isEqualTo("miss");
                assertThat(serving.running().err())
                        .contains("WARN", "redis=127.0.0.1:")
                        .doesNotContain("a-secret");
            }
        }
    }

    private Serving serve(String settings) {
        neighbours.write(QUICK + settings, neighbours.listed(0, "kind: generic"));
        Serving serving = neighbours.serve();
        Serving.until(() -> Neighbours.up(serving) == 1);
        return serving;
    }

    private static String given(HttpResponse<?> answer) {
        return answer.headers().firstValue("x-llmnet-cache").orElse("nothing");
    }

    private static String whole(String says) {
        return "{'model':'m','messages':[{'role':'user','content':'" + says + "'}]}";
    }

    private static String stream(String says) {
        return "{'model':'m','stream':true,'stream_options':{'include_usage':true},"
                + "'messages':[{'role':'user','content':'" + says + "'}]}";
    }
}

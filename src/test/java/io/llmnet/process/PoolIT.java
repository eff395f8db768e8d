package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.llmnet.FakeSocket;
import io.llmnet.FaultMode;
import io.llmnet.Faulty;
import io.llmnet.grpc.Client;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user of LLM Pool brings the file and the clients, and finds both working. */
class PoolIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Faulty small = Faulty.start(vertx, "small");
    private final Faulty large = Faulty.start(vertx, "large");
    private final int http = FakeSocket.freePort();
    private final int grpc = FakeSocket.freePort();
    private Serving serving;

    @BeforeEach
    void begin() {
        write("FASTEST");
        serving = Serving.start(Program.in(folder).withJava("-Xmx256m"), "pool", "--port", "0");
        Serving.until(() -> get("/health").contains("\"healthy\":true"));
    }

    @AfterEach
    void end() {
        serving.close();
        small.close();
        large.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void write(String strategy) {
        String file = """
                [server]
                http_addr = "127.0.0.1:%d"
                grpc_addr = "127.0.0.1:%d"
                [qos]
                [ensemble]
                default_strategy = "FASTEST"
                strategy_by_task.rerank_candidates = "%s"
                [breaker]
                [cache]
                key_fields = ["task", "prompt"]
                [[providers]]
                name = "one"
                driver = "openai"
                base_url = "%s"
                model = "small"
                tasks = ["expand_queries", "rerank_candidates", "own_task"]
                weight = 0.6
                [[providers]]
                name = "two"
                driver = "openai"
                base_url = "%s/"
                model = "large"
                tasks = ["rerank_candidates"]
                """.formatted(http, grpc, strategy, small.url(), large.url());
        try {
            Path next = Files.writeString(folder.resolve("llm-pool.toml.next"), file);
            Files.move(next, folder.resolve("llm-pool.toml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString()).join().body();
    }

    private HttpResponse<String> infer(String query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/v1/infer"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(query.replace('\'', '"')))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString()).join();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + answer.body(), e);
        }
    }

    @Test
    void aTaskIsAnsweredAndTheSameAgainComesFromTheCacheWhicheverDoorIsTaken() {
        JsonNode first = json(infer("{'task':'expand_queries','prompt':'say 4','request_id':'r-1'}"));
        JsonNode again = json(infer("{'task':'expand_queries','prompt':'say 4','request_id':'r-2'}"));

        assertThat(first.path("content").asText()).isEqualTo("w1 w2 w3 w4");
        assertThat(first.path("winner_model").asText()).isEqualTo("small");
        assertThat(first.path("strategy_used").asText()).isEqualTo("FASTEST");
        assertThat(first.path("from_cache").asBoolean()).isFalse();
        assertThat(again.path("from_cache").asBoolean()).isTrue();
        assertThat(again.path("strategy_used").asText()).isEqualTo("CACHE");
        assertThat(again.path("request_id").asText()).isEqualTo("r-2");
        try (Client client = Client.plain(grpc)) {
            assertThat(client.infer("task: TASK_EXPAND_QUERIES prompt: 'say 4' max_tokens: 256")
                            .toString())
                    .contains("content: \"w1 w2 w3 w4\"")
                    .contains("from_cache: true");
        }
        assertThat(small.requests()).isOne();
    }

    @Test
    void whatCannotBeIsRefusedInTheWordsAndStatusesThatClientsKnow() {
        HttpResponse<String> late = infer("{'task':'expand_queries','prompt':'x','deadline_ms':2000}");
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).isEqualTo("Invalid query: Deadline 2000ms exceeds max 1500ms");
        HttpResponse<String> nobody = infer("{'task':'paint','prompt':'x'}");
        assertThat(nobody.statusCode()).isEqualTo(400);
        assertThat(nobody.body()).isEqualTo("Ensemble error: No providers available for task: paint");
        assertThat(infer("{'task':'expand_queries'}").statusCode()).isEqualTo(422);
        assertThat(infer("{nonsense").statusCode()).isEqualTo(400);
        try (Client client = Client.plain(grpc)) {
            assertThatThrownBy(() -> client.infer("task: TASK_JUDGE prompt: 'x' max_tokens: 256"))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            why -> assertThat(why.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
        }
    }

    @Test
    void whereAllFailThatIsNobodysInternalError() {
        small.mode(FaultMode.status(500));

        HttpResponse<String> answer = infer("{'task':'own_task','prompt':'say 2'}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("Ensemble error: All providers failed");
        try (Client client = Client.plain(grpc)) {
            assertThatThrownBy(() -> client.infer("task: TASK_EXPAND_QUERIES prompt: 'say 2' max_tokens: 9"))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            why -> assertThat(why.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        }
    }

    @Test
    void whoIsSilentIsNotWaitedForBeyondTheDeadline() {
        small.mode(FaultMode.slow(60_000));

        HttpResponse<String> answer = infer("{'task':'own_task','prompt':'say 2','deadline_ms':300}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("Deadline exceeded: 300ms");
        Serving.until(() -> small.answering() == 0);
    }

    @Test
    void theStrategyOfATaskIsThatOfTheFileAsItIsNow() {
        assertThat(json(infer("{'task':'rerank_candidates','prompt':'say 3'}"))
                        .path("strategy_used")
                        .asText())
                .isEqualTo("FASTEST");

        write("VOTING");

        Serving.until(() -> json(infer("{'task':'rerank_candidates','prompt':'say 3','meta':{'cache':'no-store'}}"))
                .path("strategy_used")
                .asText()
                .equals("VOTING"));
        assertThat(json(infer("{'task':'rerank_candidates','prompt':'say 3','strategy':'weighted'}"))
                        .path("models_queried")
                        .toString())
                .isEqualTo("[\"small\",\"large\"]");
        try (Client client = Client.plain(grpc)) {
            assertThat(client.infer("task: TASK_RERANK_CANDIDATES prompt: 'say 6' max_tokens: 99")
                            .toString())
                    .contains("strategy_used: STRATEGY_VOTING");
        }
    }

    @Test
    void theSameTasksAreAtTheMainPortInItsOwnWords() {
        HttpRequest request = HttpRequest.newBuilder(serving.root().resolve("/v1/infer"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"task\":\"paint\",\"prompt\":\"x\"}"))
                .build();

        HttpResponse<String> answer =
                CLIENT.sendAsync(request, BodyHandlers.ofString()).join();

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/error/message").asText())
                .isEqualTo("Ensemble error: No providers available for task: paint");
    }
}

package io.llmnet.grpc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.llmnet.chat.Usage;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Health;
import io.llmnet.pool.Inference;
import io.llmnet.pool.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service of LLM Pool, as a client of grpc-java sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcDoorTest {
    private static final String ASKED = "task: TASK_JUDGE prompt: \"which?\" max_tokens: 64 ";

    private final Opened opened;
    private final ScriptedPool pool;
    private final Client client;

    GrpcDoorTest() throws Exception {
        opened = new Opened(null);
        pool = opened.pool;
        client = Client.plain(opened.door.port());
    }

    @BeforeAll
    void warm() {
        client.health();
    }

    @BeforeEach
    void begin() {
        pool.asked.clear();
        pool.script = query -> CompletableFuture.completedFuture(ScriptedPool.INFERENCE);
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        // Were one still counted, the door's limit of two would refuse the next test's.
        pool.script = query -> CompletableFuture.completedFuture(ScriptedPool.INFERENCE);
        assertThat(client.infer(ASKED)).isNotNull();
    }

    @AfterAll
    void end() throws Exception {
        client.close();
        opened.close();
    }

    @Test
    void aQueryIsReadAndAnswered() throws Exception {
        Message answer = client.infer(ASKED
                + "request_id: \"r1\" tenant_id: \"t\" project_id: \"p\" deadline_ms: 900 strategy: STRATEGY_JUDGE");

        assertThat(TextFormat.printer().printToString(answer)).isEqualTo("""
                        request_id: "r1"
                        content: "calm"
                        winner_model: "llama3.1:8b"
                        duration_ms: 450
                        decision {
                          strategy_used: STRATEGY_JUDGE
                          models_queried: "llama3.1:8b"
                          models_queried: "gemma2:9b"
                          model_scores: 0.75
                          model_scores: 0.25
                          reason: "It is calmer."
                        }
                        meta {
                          key: "agreement"
                          value: "0.5"
                        }
                        meta {
                          key: "provider"
                          value: "llama"
                        }
                        meta {
                          key: "strategy_used"
                          value: "JUDGE"
                        }
                        meta {
                          key: "usage_completion_tokens"
                          value: "3"
                        }
                        meta {
                          key: "usage_prompt_tokens"
                          value: "12"
                        }
                        """);
        Query query = pool.asked.take();
        assertThat(query.requestId()).isEqualTo("r1");
        assertThat(query.tenant()).isEqualTo("t");
        assertThat(query.project()).isEqualTo("p");
        assertThat(query.task()).isEqualTo("judge");
        assertThat(query.prompt()).isEqualTo("which?");
        assertThat(query.maxTokens()).isEqualTo(64);
        assertThat(query.deadline()).isEqualTo(Duration.ofMillis(900));
        assertThat(query.strategy()).isEqualTo(Strategy.JUDGE);
        assertThat(query.profile()).isNull();
        assertThat(query.caller().cache().writes()).isTrue();
    }

    @Test
    void metadataTellsWhoAsksAsHeadersDo() throws Exception {
        Metadata metadata = new Metadata();
        metadata.put(header("x-tenant-id"), "t2");
        metadata.put(header("x-project-id"), "p2");
        metadata.put(header("cache-control"), "no-cache");
        client.infer(ASKED, metadata);
        Query query = pool.asked.take();

        metadata.put(header("authorization"), "Bearer k");
        client.infer(ASKED + "tenant_id: \"t1\"", metadata);
        Query withKey = pool.asked.take();

        assertThat(query.tenant()).isEqualTo("t2");
        assertThat(query.project()).isEqualTo("p2");
        assertThat(query.caller().cache().reads()).isFalse();
        assertThat(withKey.tenant()).isEqualTo("t1");
        assertThat(withKey.caller().credentials())
                .isNotEqualTo(query.caller().credentials())
                .doesNotContain("Bearer");
    }

    private static Metadata.Key<String> header(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Test
    void whatIsLeftOutIsLeftToTheTask() throws Exception {
        Message answer = client.infer("task: TASK_RERANK_CANDIDATES prompt: \"which?\"");

        Query query = pool.asked.take();
        assertThat(query.task()).isEqualTo("rerank_candidates");
        assertThat(query.requestId()).isNull();
        assertThat(query.tenant()).isNull();
        assertThat(query.deadline()).isNull();
        assertThat(query.strategy()).isNull();
        assertThat(query.maxTokens()).isZero(); // which the pool refuses, as LLM Pool does
        assertThat(TextFormat.printer().printToString(answer)).doesNotContain("request_id");
    }

    @Test
    void metaSaysWhatTheFieldsCannot() throws Exception {
        client.infer("prompt: \"sea\" meta {key: \"task\" value: \"haiku\"} meta {key: \"strategy\" value: \"merge\"} "
                + "meta {key: \"cache\" value: \"no-store\"} meta {key: \"profile\" value: \"quality-high\"}");

        Query query = pool.asked.take();
        assertThat(query.task()).isEqualTo("haiku");
        assertThat(query.strategy()).isEqualTo(Strategy.MERGE);
        assertThat(query.caller().cache().writes()).isFalse();
        assertThat(query.profile()).isEqualTo(Profile.QUALITY_HIGH);
        assertThat(query.maxTokens()).isNull();
    }

    @Test
    void strategiesWithoutANumberAreToldInMeta() {
        for (String strategy : List.of("CACHE", "MERGE", "CASCADE")) {
            pool.script = query -> CompletableFuture.completedFuture(new Inference(
                    "",
                    "x",
                    "m",
                    0,
                    strategy.equals("CACHE"),
                    strategy,
                    List.of(),
                    List.of(),
                    "",
                    Usage.NONE,
                    Double.NaN,
                    ""));

            assertThat(TextFormat.printer().printToString(client.infer(ASKED)))
                    .contains("value: \"" + strategy + "\"")
                    .doesNotContain("strategy_used: STRATEGY")
                    .doesNotContain("agreement")
                    .doesNotContain("usage");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prompt: 'p' | Invalid query: No task is named; there are haiku, judge.",
                "task: 9 prompt: 'p' | Invalid query: No task is named; there are haiku, judge.",
                "task: TASK_JUDGE strategy: 9 | Invalid query: Unknown strategy; use one of FASTEST, VOTING,",
                "task: TASK_JUDGE meta {key: 'strategy' value: 'best'} | Invalid query: Unknown strategy; use one of FASTEST,",
                "task: TASK_JUDGE meta {key: 'profile' value: 'best'} | Invalid query: Unknown profile; use one of FAST_LOW,",
            })
    void whatThereIsNotIsRefused(String query, String message) {
        StatusRuntimeException refusal = refusal(query);

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription()).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, INVALID_ARGUMENT",
        "TIMED_OUT, DEADLINE_EXCEEDED",
        "RATE_LIMITED, RESOURCE_EXHAUSTED",
        "UNAUTHORIZED, UNAUTHENTICATED",
        "NO_BACKEND, UNAVAILABLE",
        "BUSY, UNAVAILABLE",
        "NO_AGREEMENT, FAILED_PRECONDITION",
        "ANSWERS_REJECTED, FAILED_PRECONDITION",
        "CANCELLED, CANCELLED",
        "BACKEND_FAILED, INTERNAL",
    })
    void faultsHaveTheirStatus(Fault fault, Status.Code code) {
        pool.script = query -> CompletableFuture.failedFuture(new ChatException(fault, "it is so: 100 % \u00e4"));

        StatusRuntimeException refusal = refusal(ASKED);

        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).isEqualTo("it is so: 100 % \u00e4");
    }

    @Test
    void disagreementTellsItsScore() {
        pool.script = query -> CompletableFuture.failedFuture(new ChatException(Fault.NO_AGREEMENT, "no")
                .with(new Details(Map.of("x-llmnet-agreement-score", "0.33"), Map.of())));

        Metadata trailers = Status.trailersFromThrowable(refusal(ASKED));

        assertThat(trailers).isNotNull();
        assertThat(trailers.get(Metadata.Key.of("x-llmnet-agreement-score", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("0.33");
    }

    @Test
    void bugsAreNotShown() {
        pool.script = query -> {
            throw new IllegalStateException("secret");
        };

        StatusRuntimeException refusal = refusal(ASKED);

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(refusal.getStatus().getDescription()).isEqualTo("the server failed; its log tells more");
    }

    @Test
    void theClientsPatienceShortensTheDeadline() throws Exception {
        client.infer(ASKED + "deadline_ms: 240000", within(Duration.ofMinutes(2)));
        client.infer(ASKED, within(Duration.ofMinutes(2)));
        client.infer(ASKED + "deadline_ms: 90000", within(Duration.ofMinutes(2)));
        client.infer(ASKED, within(Duration.ofMinutes(6)));
        client.infer(ASKED + "deadline_ms: 700000", within(Duration.ofMinutes(2)));

        assertThat(pool.asked.take().deadline()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(2));
        assertThat(pool.asked.take().deadline()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(2));
        assertThat(pool.asked.take().deadline()).isEqualTo(Duration.ofSeconds(90));
        assertThat(pool.asked.take().deadline()).isNull();
        assertThat(pool.asked.take().deadline()).isEqualTo(Duration.ofSeconds(700)); // which the pool refuses
    }

    private static CallOptions within(Duration patience) {
        return CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), MILLISECONDS);
    }

    @Test
    void aClientThatCancelsCancelsTheQuery() throws Exception {
        CountDownLatch cancelled = hanging();

        Future<Message> answer = client.begin(ASKED);
        pool.asked.take();
        answer.cancel(true);

        assertThat(cancelled.await(10, SECONDS)).isTrue();
    }

    @Test
    void aClientThatIsGoneCancelsTheQuery() throws Exception {
        CountDownLatch cancelled = hanging();

        try (Client leaving = Client.plain(opened.door.port())) {
            assertThat(leaving.begin(ASKED)).isNotDone();
            pool.asked.take();
        }

        assertThat(cancelled.await(10, SECONDS)).isTrue();
    }

    @Test
    void moreThanAllowedAtOnceAreToldToComeBack() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(2);
        pool.script = query -> {
            query.cancel().onCancel(cancelled::countDown);
            return new CompletableFuture<>();
        };
        try (Client other = Client.plain(opened.door.port())) {
            assertThat(other.begin(ASKED)).isNotDone();
            assertThat(other.begin(ASKED)).isNotDone();
            pool.asked.take();
            pool.asked.take();

            StatusRuntimeException refusal = refusal(ASKED);

            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refusal.getStatus().getDescription())
                    .isEqualTo("the server works on 2 requests already; try again in a moment");
        }
        assertThat(cancelled.await(10, SECONDS)).isTrue();
    }

    @Test
    void messagesHaveALimit() {
        String prompt = "prompt: \"" + "x".repeat(Opened.MOST_BYTES) + "\"";

        for (CallOptions options : List.of(CallOptions.DEFAULT, CallOptions.DEFAULT.withCompression("gzip"))) {
            StatusRuntimeException refusal = catchThrowableOfType(
                    StatusRuntimeException.class, () -> client.infer("task: TASK_JUDGE " + prompt, options));

            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal.getStatus().getDescription()).isEqualTo("the message is larger than 65536 bytes");
        }
    }

    @Test
    void packedMessagesAreUnpacked() throws Exception {
        client.infer(ASKED, CallOptions.DEFAULT.withCompression("gzip"));

        assertThat(pool.asked.take().prompt()).isEqualTo("which?");
    }

    @Test
    void aMessageThatIsPackedInNoKnownWayIsRefused() throws Exception {
        HttpClientOptions http2 =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        var raw = opened.vertx.createHttpClient(http2);

        String status = raw.request(HttpMethod.POST, opened.door.port(), "127.0.0.1", "/" + Protocol.SERVICE + "/Infer")
                .compose(request -> request.putHeader("content-type", "application/grpc")
                        .send(Buffer.buffer(new byte[] {1, 0, 0, 0, 1, 'x'})))
                .map(response -> String.valueOf(response.getHeader("grpc-status")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);

        assertThat(status).isEqualTo(String.valueOf(Status.Code.INVALID_ARGUMENT.value()));
    }

    @Test
    void theHealthOfThePoolIsTold() {
        pool.health = new Health(false, Map.of("llama", Health.ILL), "1.2.3");

        assertThat(TextFormat.printer().printToString(client.health()))
                .isEqualTo("provider_status {\n  key: \"llama\"\n  value: \"unhealthy\"\n}\nversion: \"1.2.3\"\n");
    }

    @Test
    void anUnknownMethodIsUnimplemented() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(
                        client.channel(),
                        Client.method("Train", Protocol.QUERY, Protocol.ANSWER),
                        CallOptions.DEFAULT,
                        Client.query(ASKED)))
                .hasMessageContaining("UNIMPLEMENTED");
    }

    @Test
    void whoSpeaksPlainHttpIsToldSo() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opened.door.port() + "/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).startsWith("Here is gRPC only");
    }

    private CountDownLatch hanging() {
        CountDownLatch cancelled = new CountDownLatch(1);
        pool.script = query -> {
            query.cancel().onCancel(cancelled::countDown);
            return new CompletableFuture<>();
        };
        return cancelled;
    }

    private StatusRuntimeException refusal(String query) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> client.infer(query));
    }
}

package io.llmnet.discovery.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmnet.FakeBackend;
import io.llmnet.backend.Timeouts;
import io.llmnet.discovery.Loop;
import io.llmnet.discovery.ModelServer;
import io.llmnet.discovery.probe.Prober;
import io.llmnet.discovery.probe.Visits;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelOperationsTest {
    private static final Profiles PROFILES = Profiles.standard();

    private final Vertx vertx = Vertx.vertx();
    private final Visits visits = new Visits(vertx, "me");
    private final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
    private final Queue<String> changed = new ConcurrentLinkedQueue<>();
    private Duration patience = Duration.ofSeconds(20);
    private final ModelOperations operations = new ModelOperations(
            vertx,
            vertx.getOrCreateContext(),
            registry,
            PROFILES,
            visits,
            new Prober(visits, PROFILES, () -> Duration.ofSeconds(20)),
            () -> patience,
            changed::add);
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        visits.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void loadingAtOllamaPullsReadsToTheEndAndThenLoads() throws Exception {
        register("desk", "ollama", holding());

        Operation begun = operations.load("qwen3:8b", "desk");

        assertThat(begun.id()).matches("op-[0-9a-f-]{36}");
        Loop.until("it pulls", () -> held.size() == 1);
        HttpServerRequest pull = next();
        pull.response()
                .setChunked(true)
                .write("{\"status\":\"pulling\",\"completed\":1,\"total\":4}\n{\"status\":\"pulling\",\"comp");
        Loop.until("it is a quarter", () -> now(begun).progress() == 0.25);
        assertThat(now(begun).status()).isEqualTo(Operation.Status.IN_PROGRESS);
        assertThat(operations.current("desk")).isPresent();
        pull.response().write("leted\":3,\"total\":4}\n");
        Loop.until("it is more", () -> now(begun).progress() == 0.75);
        pull.response().end("{\"status\":\"success\"}");
        Loop.until("it loads", () -> held.size() == 1);
        next().response().end("{\"done\":true}");

        Loop.until("it has ended", () -> now(begun).status() != Operation.Status.IN_PROGRESS);
        assertThat(now(begun).status().word()).isEqualTo("completed");
        assertThat(now(begun).error()).isNull();
        assertThat(operations.current("desk")).isEmpty();
        assertThat(changed).containsExactly("desk");
        assertThat(bodies)
                .containsExactlyInAnyOrder(
                        "/api/pull qwen3:8b stream=true keep_alive=null",
                        "/api/generate qwen3:8b stream=false keep_alive=-1");
    }

    @Test
    void aModelThatIsNotInMemoryInTimeIsNotWaitedForAnyLonger() throws Exception {
        patience = Duration.ofMillis(100);
        register("desk", "ollama", holding());

        Operation begun = operations.load("qwen3:8b", "desk");
        Loop.until("it pulls", () -> held.size() == 1);
        HttpServerRequest pull = next();
        pull.response().setChunked(true).write("{\"status\":\"pulling\",\"completed\":1,\"total\":4}\n");
        Loop.until("it is a quarter", () -> now(begun).progress() == 0.25);
        pull.response().end("{\"status\":\"success\"}");

        Loop.until("it has ended", () -> now(begun).status() != Operation.Status.IN_PROGRESS);
        assertThat(now(begun).error()).isEqualTo("the backend did not answer to the end");
        assertThat(bodies).hasSize(2);
    }

    @Test
    void anErrorInsideAStreamFailsTheOperation() throws Exception {
        register("desk", "ollama", holding());

        Operation begun = operations.load("nope", "desk");
        Loop.until("it pulls", () -> held.size() == 1);
        next().response()
                .end("{\"status\":\"pulling manifest\"}\n{\"error\":\"pull model manifest: file does not exist\"}\n");

        Loop.until("it has ended", () -> now(begun).status() != Operation.Status.IN_PROGRESS);
        assertThat(now(begun).error()).isEqualTo("the backend refused: pull model manifest: file does not exist");
        assertThat(held).isEmpty();
    }

    @Test
    void aRouterOfLlamaCppIsWatchedUntilTheModelIsThere() throws Exception {
        try (ModelServer server = ModelServer.of("llamacpp-router")) {
            register("router", "llamacpp", server.url());

            Operation begun = operations.load("ggml-org/gemma-3-4b-it-GGUF:Q4_K_M", "router");

            Loop.until("it has ended", () -> now(begun).status() != Operation.Status.IN_PROGRESS);
            // What is recorded has no page for it.
            assertThat(now(begun).error()).isEqualTo("the backend refused (status 404)");
            assertThat(operations.loaded("router").toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .containsExactly("ggml-org/gemma-3-4b-it-GGUF:Q4_K_M");
        }
    }

    @Test
    void oneBackendDoesOneThingAtATime() throws Exception {
        register("desk", "ollama", holding());
        Operation begun = operations.unload("a", "desk");

        ChatException refused = catchThrowableOfType(ChatException.class, () -> operations.load("b", "desk"));

        assertThat(refused.fault()).isEqualTo(Fault.CONFLICT);
        assertThat(refused.text())
                .isEqualTo("the backend desk is busy: unload of a (" + begun.id() + "); wait until it has ended");
    }

    @Test
    void whatAKindCannotDoIsSaid() {
        register("gpu", "vllm", FakeBackend.nobody());

        ChatException refused = catchThrowableOfType(ChatException.class, () -> operations.load("m", "gpu"));

        assertThat(refused.fault()).isEqualTo(Fault.NOT_IMPLEMENTED);
        assertThat(refused.text())
                .isEqualTo("the backend gpu is of the kind vllm, which cannot be told to load a model");
        assertThat(operations.all()).isEmpty();
    }

    @Test
    void aBackendThatNobodyKnowsIsNotFound() {
        ChatException refused = catchThrowableOfType(ChatException.class, () -> operations.load("m", "moon"));

        assertThat(refused.fault()).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused.text()).isEqualTo("there is no backend moon");
    }

    @Test
    void aBackendThatIsDownFailsTheOperation() throws Exception {
        register("desk", "ollama", FakeBackend.nobody());

        Operation begun = operations.load("m", "desk");

        Loop.until("it has ended", () -> now(begun).status() != Operation.Status.IN_PROGRESS);
        assertThat(now(begun).error()).isEqualTo("the backend did not answer to the end");
        assertThat(operations.loaded("desk").toCompletableFuture())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(ChatException.class);
    }

    @Test
    void onlyTheLastHundredAreRemembered() throws Exception {
        register("desk", "ollama", FakeBackend.nobody());
        Operation first = operations.unload("m", "desk");
        for (int i = 0; i < 105; i++) {
            Loop.until("it is idle", () -> operations.current("desk").isEmpty());
            operations.unload("m", "desk");
        }

        assertThat(operations.all()).hasSize(100);
        assertThat(operations.operation(first.id())).isEmpty();
    }

    private Operation now(Operation begun) {
        return operations.operation(begun.id()).orElseThrow();
    }

    private HttpServerRequest next() {
        return Objects.requireNonNull(held.poll());
    }

    private void register(String name, String kind, URI url) {
        registry.put(Registration.of(
                PROFILES.backend(name, PROFILES.of(kind), url, null, Timeouts.DEFAULT),
                kind,
                Zone.RESTRICTED,
                Source.FILE));
    }

    /** A server that answers when the test does. */
    private URI holding() throws Exception {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bodies.add(request.path() + " " + words(body));
                    held.add(request);
                }));
        server.listen().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    private static String words(Buffer body) {
        var json = body.toJsonObject();
        return json.getString("model") + " stream=" + json.getValue("stream") + " keep_alive="
                + json.getValue("keep_alive");
    }
}

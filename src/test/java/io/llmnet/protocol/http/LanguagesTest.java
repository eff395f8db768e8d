package io.llmnet.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.chat.Usage;
import io.llmnet.protocol.Conformant;
import io.llmnet.protocol.Sample;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each language over a real connection: where it is asked, with which key, and what comes back. */
class LanguagesTest {
    private static final String KEY = "sk-secret-123";

    private final Vertx vertx = Vertx.vertx();
    private final HttpWire wire = new HttpWire(vertx);
    private final BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();
    private HttpServer server;
    private int status = 200;
    private String type = "text/event-stream";
    private byte[] answer = {};

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer().requestHandler(request -> {
            asked.add(request);
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", type)
                    .end(Buffer.buffer(answer));
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        wire.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    CHAT,       true,  /v1/chat/completions,       authorization,  Bearer sk-secret-123",
        "OLLAMA,    CHAT,       false, /api/chat,                  authorization,  Bearer sk-secret-123",
        "OLLAMA,    COMPLETIONS,false, /v1/completions,            authorization,  Bearer sk-secret-123",
        "ANTHROPIC, CHAT,       true,  /v1/messages,               x-api-key,      sk-secret-123",
        "GOOGLE,    CHAT,       false, /v1beta/models/a%2Fb%20c:generateContent,                 x-goog-api-key, sk-secret-123",
        "GOOGLE,    CHAT,       true,  /v1beta/models/a%2Fb%20c:streamGenerateContent?alt=sse, x-goog-api-key, sk-secret-123",
        "GOOGLE,    EMBEDDINGS, false, /v1beta/openai/embeddings,  authorization,  Bearer sk-secret-123"
    })
    void asksWhereTheLanguageIsSpokenAndAsItIsTrusted(
            Backend.Speaks speaks, Call.Dialect dialect, boolean stream, String path, String header, String value)
            throws Exception {
        ask(speaks, dialect, stream, new Tab());

        HttpServerRequest request = asked.poll(10, TimeUnit.SECONDS);

        assertThat(request).isNotNull();
        assertThat(request.uri()).isEqualTo("/root" + path);
        assertThat(request.getHeader(header)).isEqualTo(value);
        assertThat(request.headers().toString().split(KEY, -1)).hasSize(2);
        assertThat(request.getHeader("anthropic-version"))
                .isEqualTo(speaks == Backend.Speaks.ANTHROPIC ? "2023-06-01" : null);
    }

    @ParameterizedTest
    @CsvSource({"ANTHROPIC, anthropic/stream.sse, 135, 15, 100", "GOOGLE, google/stream.sse, 8, 6, 3"})
    void streamsAndTellsTheTab(Backend.Speaks speaks, String sample, long prompt, long completion, long cached)
            throws Exception {
        answer = Sample.bytes(sample);
        Tab tab = new Tab();

        Answer got = ask(speaks, Call.Dialect.CHAT, true, tab);
        byte[] stream = got.body().whole().toCompletableFuture().get(10, TimeUnit.SECONDS);

        Conformant.stream(stream, false);
        assertThat(got.isEventStream()).isTrue();
        assertThat(tab.total()).isEqualTo(new Usage(prompt, completion, cached, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, 200, anthropic/stream-error-first.sse, text/event-stream, 529",
        "GOOGLE,    200, google/stream-error-first.sse,    text/event-stream, 503",
        "ANTHROPIC, 529, anthropic/error-overloaded.json,  application/json,  529",
        "GOOGLE,    400, google/error-key.json,            application/json,  401"
    })
    void tellsErrorsInOpenAisWords(Backend.Speaks speaks, int theirs, String sample, String theirType, int ours)
            throws Exception {
        answer = Sample.bytes(sample);
        type = theirType;
        status = theirs;

        Answer got = ask(speaks, Call.Dialect.CHAT, true, new Tab());

        assertThat(got.status()).isEqualTo(ours);
        assertThat(new String(got.body().whole().toCompletableFuture().get(10, TimeUnit.SECONDS), UTF_8))
                .startsWith("{\"error\":{\"message\":\"");
    }

    @Test
    void tellsTheTabOfAnOllamaWhoseCallerAskedForNoUsage() throws Exception {
        answer = Sample.bytes("ollama/stream.ndjson");
        type = "application/x-ndjson";
        Tab tab = new Tab();

        Answer got = ask(Backend.Speaks.OLLAMA, Call.Dialect.CHAT, true, tab);
        got.body().whole().toCompletableFuture().get(10, TimeUnit.SECONDS);

        assertThat(tab.total()).isEqualTo(Usage.of(14, 7));
    }

    private Answer ask(Backend.Speaks speaks, Call.Dialect dialect, boolean stream, Tab tab) throws Exception {
        if (answer.length == 0) {
            type = "application/json";
            status = 418;
        }
        Backend backend = new Backend(
                "box", speaks, URI.create("http://127.0.0.1:" + server.actualPort() + "/root"), KEY, Timeouts.DEFAULT);
        byte[] body = ("{\"model\":\"models/a/b c\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":"
                        + stream + "}")
                .getBytes(UTF_8);
        Deadline deadline = Deadline.in(Duration.ofSeconds(20), System.nanoTime());
        var context = vertx.getOrCreateContext();
        Ask ask = new Ask(
                "1",
                dialect,
                stream,
                false,
                body,
                deadline,
                new Cancel(),
                tab,
                task -> context.runOnContext(v -> task.run()));
        return wire.ask(backend, ask).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}

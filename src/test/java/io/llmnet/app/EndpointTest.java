package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints as clients find them: paths, methods, headers, pages. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class EndpointTest {
    private final Caller caller = Caller.ofServer();

    /** CONFORMANCE 8. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/chat/completions", "/v1/chat/completions/", "/chat/completions/"})
    void chatsAreAnsweredWithAndWithoutVersionAndSlash(String path) {
        HttpResponse<String> answer = caller.post(path, question("ok", "hello"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(content(answer)).isEqualTo("ok heard hello");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    /** CONFORMANCE 8. */
    @Test
    void everyAnswerHasARequestIdAndTheCallersOwnIsKept() {
        String id = Caller.newId();

        assertThat(caller.chat(question("ok", "hello"), "x-request-id", id)
                        .headers()
                        .firstValue("x-request-id"))
                .contains(id);
        assertThat(caller.get("/health").headers().firstValue("x-request-id")).isPresent();
        assertThat(caller.get("/nowhere").headers().firstValue("x-request-id")).isPresent();
        assertThat(caller.chat("{", "x-request-id", id).headers().firstValue("x-request-id"))
                .contains(id);
    }

    /** CONFORMANCE 8. */
    @Test
    void pagesOfOtherOriginsMayAsk() {
        HttpResponse<String> preflight = caller.send(
                "OPTIONS",
                "/v1/chat/completions",
                "Origin",
                "https://example.org",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization, x-stainless-os");
        HttpResponse<String> answer =
                caller.chat(question("ok", "hello"), "Origin", "https://example.org", "Authorization", "Bearer any");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .contains("*");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("authorization, x-stainless-os");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    /** CONFORMANCE 8. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/v1/models", "/status", "/metrics"})
    void pagesCanBeLookedAtAndProbed(String path) {
        HttpResponse<String> page = caller.get(path);
        HttpResponse<String> probe = caller.send("HEAD", path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isNotEmpty();
        assertThat(probe.statusCode()).isEqualTo(200);
        assertThat(probe.body()).isEmpty();
    }

    @Test
    void aWrongMethodIsToldWhichOnesThereAre() {
        HttpResponse<String> get = caller.get("/v1/chat/completions");
        HttpResponse<String> delete = caller.send("DELETE", "/v1/models");

        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("allow")).contains("POST");
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("allow")).contains("GET, HEAD");
    }

    /** CONFORMANCE 4. */
    @Test
    void whatIsNotThereIsToldInOpenAisShape() {
        HttpResponse<String> answer = caller.get("/v1/embeddings/none");

        assertThat(answer.statusCode()).isEqualTo(404);
        JsonNode error = json(answer.body()).path("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.path("code").asText()).isEqualTo("not_found");
    }

    /** CONFORMANCE 21. */
    @Test
    void everyPipelineIsListedAsAModel() {
        JsonNode list = json(caller.get("/v1/models").body());

        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(StreamSupport.stream(list.path("data").spliterator(), false)
                        .map(model -> model.path("id").asText()))
                .contains("ok", "rules", "team/model:7b")
                .doesNotHaveDuplicates();
        assertThat(list.path("data").path(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("id", "object", "created", "owned_by");
    }

    /** CONFORMANCE 21. */
    @ParameterizedTest
    @ValueSource(strings = {"team/model:7b", "team%2Fmodel%3A7b", "ok", "ok/"})
    void oneModelCanBeLookedAt(String id) {
        HttpResponse<String> answer = caller.get("/v1/models/" + id);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer.body()).path("object").asText()).isEqualTo("model");
    }

    @Test
    void aModelWithASlashInItsNameIsAsked() {
        assertThat(content(caller.chat(question("team/model:7b", "hello")))).isEqualTo("ok heard hello");
    }

    /** CONFORMANCE 6. */
    @Test
    void anUnknownModelIsNotFoundAndTheKnownAreNamed() {
        HttpResponse<String> chat = caller.chat(question("gpt-9", "hello"));
        HttpResponse<String> stream = caller.chat(streamed("gpt-9", "hello"));
        HttpResponse<String> page = caller.get("/v1/models/gpt-9");

        for (HttpResponse<String> answer : List.of(chat, stream, page)) {
            assertThat(answer.statusCode()).isEqualTo(404);
            JsonNode error = json(answer.body()).path("error");
            assertThat(error.path("code").asText()).isEqualTo("model_not_found");
            assertThat(error.path("message").asText()).contains("gpt-9", "ok, raw, json");
        }
    }

    @Test
    void llmnetAndNoNameAtAllMeanTheDefault() {
        HttpResponse<String> named = caller.chat(question("llmnet", "hello"));
        HttpResponse<String> unnamed = caller.chat("{'messages':[{'role':'user','content':'hello'}]}");

        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(unnamed.statusCode()).isEqualTo(200);
        assertThat(unnamed.headers().firstValue("x-llmnet-trace"))
                .isEqualTo(named.headers().firstValue("x-llmnet-trace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "%E4", "a%00b", "%2525zz", "%25zz"})
    void aModelsNameThatIsNotWellWrittenIsNotFoundNorAnError(String id) throws Exception {
        try (var socket =
                caller.begin("GET /v1/models/" + id + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 40").contains("\"error\"");
        }
    }

    @Test
    void healthAndStatusTellHowItIs() {
        JsonNode health = json(caller.get("/health").body());
        JsonNode status = json(caller.get("/status").body());

        assertThat(health.path("status").asText()).isEqualTo("healthy");
        assertThat(health.path("healthy").asBoolean()).isTrue();
        assertThat(status.path("pipelines").asInt()).isGreaterThan(10);
        assertThat(status.path("nodes").asInt())
                .isGreaterThan(status.path("pipelines").asInt());
        assertThat(status.path("active_requests").asInt()).isNotNegative();
    }

    @Test
    void metricsCountRequestsByModelAndStatus() {
        caller.chat(question("status-404", "hello"));

        Eventually.holds(
                "the request is counted",
                () -> caller.get("/metrics")
                        .body()
                        .contains("llmnet_request_duration_seconds_count{model=\"status-404\",status=\"404\""));
    }
}

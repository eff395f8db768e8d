package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceNodeTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HI = "'messages':[{'role':'user','content':'hi there'}]";
    private static final Gguf GGUF =
            new Gguf(Map.of("general.architecture", "llama", "llama.context_length", 4096L), 1000);

    @Test
    void aChatIsAnsweredWholeWithTrueCounts() {
        try (InferenceNode node = node(ScriptedEngine.saying("Hel", "lo", "!"), 1, 4)) {
            HttpResponse<String> answer = new Caller(node).post(CHAT, "{" + HI + ",'model':'any'}");

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = Caller.json(answer.body());
            assertThat(body.path("object").asText()).isEqualTo("chat.completion");
            assertThat(body.path("model").asText()).isEqualTo("small");
            assertThat(body.at("/choices/0/message"))
                    .isEqualTo(Caller.json("{\"role\":\"assistant\",\"content\":\"Hello!\"}"));
            assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(body.path("usage"))
                    .isEqualTo(Caller.json("{\"prompt_tokens\":3,\"completion_tokens\":3,\"total_tokens\":6}"));
        }
    }

    /** Cases 1, 11, 13 and 16 of CONFORMANCE. */
    @Test
    void aChatIsStreamedAsOpenAiDoes() {
        try (InferenceNode node = node(ScriptedEngine.saying("Hel", "lo 😀"), 1, 4)) {
            HttpResponse<String> answer = new Caller(node)
                    .post("/chat/completions/", "{" + HI + ",'stream':true,'stream_options':{'include_usage':true}}");

            assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
            assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
            assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
            List<String> events = Caller.events(answer);
            assertThat(events).hasSize(6).last().isEqualTo("[DONE]");
            List<JsonNode> chunks =
                    events.subList(0, 5).stream().map(Caller::json).toList();
            assertThat(chunks)
                    .extracting(chunk -> chunk.path("id").asText())
                    .containsOnly(chunks.get(0).path("id").asText());
            assertThat(chunks)
                    .extracting(chunk -> chunk.path("object").asText())
                    .containsOnly("chat.completion.chunk");
            assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
            assertThat(chunks.get(2).at("/choices/0/delta/content").asText()).isEqualTo("lo 😀");
            assertThat(chunks.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(chunks.get(3).has("usage")).isTrue();
            assertThat(chunks.get(4).path("choices")).isEmpty();
            assertThat(chunks.get(4).at("/usage/completion_tokens").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aStreamBearsUsageOnlyWhenAsked() {
        try (InferenceNode node = node(ScriptedEngine.saying("Hello"), 1, 4)) {
            HttpResponse<String> answer = new Caller(node).post(CHAT, "{" + HI + ",'stream':true}");

            assertThat(answer.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void atMaxTokensTheReasonIsLength() {
        try (InferenceNode node = node(ScriptedEngine.saying("a", "b", "c"), 1, 4)) {
            JsonNode body = Caller.json(
                    new Caller(node).post(CHAT, "{" + HI + ",'max_tokens':2}").body());

            assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("ab");
            assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
            assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aStopStringEndsTheTextBeforeIt() {
        ScriptedEngine engine = ScriptedEngine.saying("one", " tw", "o", " three");
        try (InferenceNode node = node(engine, 1, 4)) {
            JsonNode body = Caller.json(
                    new Caller(node).post(CHAT, "{" + HI + ",'stop':[' two']}").body());

            assertThat(body.at("/choices/0/message/content").asText()).isEqualTo("one");
            assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
            assertThat(engine.open).hasValue(0);
        }
    }

    @Test
    void severalPromptsAreCompletedEach() {
        try (InferenceNode node = node(ScriptedEngine.saying("!"), 1, 4)) {
            JsonNode body = Caller.json(new Caller(node)
                    .post("/v1/completions", "{'prompt':['a b','c'],'echo':true}")
                    .body());

            assertThat(body.path("choices"))
                    .extracting(choice -> choice.path("text").asText())
                    .containsExactly("a b!", "c!");
            assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
            assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        }
    }

    @Test
    void generateSpeaksLlamaNet() {
        try (InferenceNode node = node(ScriptedEngine.saying("x", "y"), 1, 4)) {
            JsonNode body = Caller.json(
                    new Caller(node).post("/generate", "{'prompt':'a'}").body());

            assertThat(body.path("text").asText()).isEqualTo("xy");
            assertThat(body.path("tokens_generated").asInt()).isEqualTo(2);
            assertThat(body.path("generation_time").isDouble()).isTrue();
            assertThat(body.path("node_id").asText()).isEqualTo("me");
        }
    }

    @Test
    void aPromptBeyondTheContextIsRefusedWithBothNumbers() {
        ScriptedEngine engine = ScriptedEngine.saying("x");
        try (InferenceNode node = node(engine, 1, 4)) {
            HttpResponse<String> answer =
                    new Caller(node).post("/v1/completions", "{'prompt':'" + "word ".repeat(150) + "'}");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("context_length_exceeded", "150 tokens", "100 tokens");
            assertThat(engine.asked).isEmpty();
        }
    }

    @Test
    void anAnswerMayFillTheContextAndNoMore() {
        ScriptedEngine engine = ScriptedEngine.saying("x");
        try (InferenceNode node = node(engine, 1, 4)) {
            new Caller(node).post("/v1/completions", "{'prompt':'a b c','max_tokens':100000}");

            assertThat(engine.asked).extracting(Sampling::maxTokens).containsExactly(97);
        }
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldToComeBack() {
        Semaphore pace = new Semaphore(0);
        try (InferenceNode node = node(ScriptedEngine.pacedBy(pace), 1, 1)) {
            Caller caller = new Caller(node);
            CompletableFuture<HttpResponse<String>> first = caller.later(CHAT, "{" + HI + ",'max_tokens':1}");
            caller.until(status -> status.at("/slots/busy").asInt() == 1);
            CompletableFuture<HttpResponse<String>> second = caller.later(CHAT, "{" + HI + ",'max_tokens':1}");
            caller.until(status -> status.at("/slots/waiting").asInt() == 1);

            HttpResponse<String> third = caller.post(CHAT, "{" + HI + "}");

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("retry-after")).isPresent();
            assertThat(third.body()).contains("\"code\":\"server_busy\"");
            pace.release(2);
            assertThat(first.join().statusCode()).isEqualTo(200);
            assertThat(second.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoHangsUpFreesTheSlot() throws IOException {
        Semaphore pace = new Semaphore(3);
        ScriptedEngine engine = ScriptedEngine.pacedBy(pace);
        try (InferenceNode node = node(engine, 1, 4)) {
            Caller caller = new Caller(node);

            caller.hangUpAfterFirstBytes(CHAT, "{" + HI + ",'stream':true}");

            Caller.until(() -> {
                pace.release();
                return caller.get("/status").at("/slots/busy").asInt() == 0;
            });
            assertThat(engine.open).hasValue(0);
            pace.release(10);
            assertThat(caller.post(CHAT, "{" + HI + ",'max_tokens':2}").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoHangsUpWhileWaitingGivesItsPlaceUp() throws IOException {
        Semaphore pace = new Semaphore(0);
        ScriptedEngine engine = ScriptedEngine.pacedBy(pace);
        try (InferenceNode node = node(engine, 1, 4)) {
            Caller caller = new Caller(node);
            CompletableFuture<HttpResponse<String>> first = caller.later(CHAT, "{" + HI + ",'max_tokens':1}");
            caller.until(status -> status.at("/slots/busy").asInt() == 1);

            caller.begin(CHAT, ("{" + HI.replace('\'', '"') + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .close();

            caller.until(status -> status.at("/slots/waiting").asInt() == 0);
            pace.release();
            assertThat(first.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingLetsAnAnswerEnd() {
        Semaphore pace = new Semaphore(0);
        ScriptedEngine engine = ScriptedEngine.pacedBy(pace);
        InferenceNode node = node(engine, 1, 0);
        Caller caller = new Caller(node);
        CompletableFuture<HttpResponse<String>> answer = caller.later(CHAT, "{" + HI + ",'max_tokens':3}");
        caller.until(status -> status.at("/slots/busy").asInt() == 1);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);
        Caller.until(() -> caller.post(CHAT, "{" + HI + "}").body().contains("server_stopping"));
        pace.release(3);

        assertThat(answer.join().statusCode()).isEqualTo(200);
        closing.join();
        assertThat(engine.isClosed()).isTrue();
    }

    @Test
    void errorsAreOpenAis() {
        try (InferenceNode node = node(ScriptedEngine.saying("x"), 1, 4)) {
            Caller caller = new Caller(node);

            assertThat(caller.send("GET", "/nowhere").statusCode()).isEqualTo(404);
            assertThat(caller.send("GET", CHAT).statusCode()).isEqualTo(405);
            assertThat(caller.send("GET", CHAT).headers().firstValue("allow")).contains("POST");
            assertThat(caller.post(CHAT, "{").body())
                    .isEqualTo("{\"error\":{\"message\":\"the body is not JSON: see line 1, column 2\","
                            + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"malformed_json\"}}");
            assertThat(caller.post(CHAT, "x".repeat(Body.LIMIT + 1)).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void theNodeTellsOfItself() {
        try (InferenceNode node = node(ScriptedEngine.saying("x"), 2, 4)) {
            Caller caller = new Caller(node);

            assertThat(caller.get("/v1/models").at("/data/0/id").asText()).isEqualTo("small");
            assertThat(caller.get("/models/small").at("/meta/context_length").asInt())
                    .isEqualTo(100);
            assertThat(caller.get("/v1/models/a%2Fb").at("/error/code").asText())
                    .isEqualTo("model_not_found");
            assertThat(caller.get("/health").path("healthy").asBoolean()).isTrue();
            assertThat(caller.get("/status").at("/slots/total").asInt()).isEqualTo(2);
            assertThat(caller.get("/info").path("node_id").asText()).isEqualTo("me");
        }
    }

    @Test
    void aTakenPortIsSaid() {
        try (InferenceNode node = node(ScriptedEngine.saying("x"), 1, 4)) {
            NodeOptions same = options(node.port(), 1, 4);

            assertThatThrownBy(() -> InferenceNode.start(same, GGUF, ScriptedEngine.saying("x")))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + node.port())
                    .hasMessageContaining("choose another with --port");
        }
    }

    private static InferenceNode node(Engine engine, int parallel, int waiting) {
        return InferenceNode.start(options(0, parallel, waiting), GGUF, engine);
    }

    private static NodeOptions options(int port, int parallel, int waiting) {
        return new NodeOptions(Path.of("small.gguf"), "127.0.0.1", port, 0, 512, 0, 1, parallel, waiting, "me");
    }
}

package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.events;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.FakeBackend;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How one model's answers pass through the server. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class AnsweringTest {
    private static final String FIFTY =
            IntStream.range(0, 50).mapToObj(Integer::toString).collect(Collectors.joining(" "));

    private static final String CHUNKED = String.join(
            "\r\n",
            "POST /v1/chat/completions HTTP/1.1",
            "Host: test",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "",
            "");

    private final Caller caller = Caller.ofServer();

    /** CONFORMANCE 2. */
    @Test
    void everyByteOfRequestAndAnswerPassesButForTheModelsName() {
        String id = Caller.newId();
        String body =
                "{ \"x\":1.0, \"y\" : 1E+2,\t\"gr\\u00fc\\u00df\":[-0,1e0 ],\n\"messages\":[{\"content\":\"\\u4f60 \\/ "
                        + "\\ud83d\\ude00 é\",\"role\":\"user\",\"odd\":null}],  \"model\":%s , \"seed\":12345678901234567890}  ";

        HttpResponse<String> answer =
                caller.exactly("/v1/chat/completions", body.formatted("\"ra\\u0077\""), "x-request-id", id);

        assertThat(Served.backend().visits(id)).hasSize(1);
        assertThat(Served.backend().visits(id).get(0).text()).isEqualTo(body.formatted("\"raw\""));
        assertThat(answer.body()).isEqualTo(FakeBackend.RAW);
    }

    /** CONFORMANCE 2, 9. */
    @Test
    void everyByteOfAStreamPasses() {
        HttpResponse<String> answer = caller.chat(streamed("raw", "hello"));

        assertThat(answer.body()).isEqualTo(FakeBackend.RAW_STREAM);
    }

    /** CONFORMANCE 1. */
    @Test
    void aStreamSaysThatItIsOne() {
        HttpResponse<String> answer = caller.chat(streamed("ok", "hello"), "Accept-Encoding", "gzip");

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(answer.headers().firstValue("x-llmnet-trace")).contains("chat");
    }

    /** CONFORMANCE 1: an event is sent when it comes, not when the stream ends. */
    @Test
    void eventsAreSentAsTheyCome() throws Exception {
        try (Socket socket = caller.beginChat(streamed("hang-mid", "hello my dear friend"), Caller.newId())) {
            String begun = read(socket, "heard ");

            assertThat(begun).startsWith("HTTP/1.1 200").contains("text/event-stream");
        }
    }

    /** CONFORMANCE 9. */
    @ParameterizedTest
    @ValueSource(strings = {"drip", "crlf", "comments", "json"})
    void streamsOfEveryFormAreUnderstood(String model) {
        HttpResponse<String> answer = caller.chat(streamed(model, "grüß dich 你好 \\uD83D\\uDE00"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(said(answer.body())).isEqualTo(model + " heard grüß dich 你好 😀");
        assertThat(events(answer.body())).last().isEqualTo("[DONE]");
    }

    /** CONFORMANCE 11, 16. */
    @Test
    void aStreamEndsWithItsReasonItsUsageAndDone() {
        List<String> events = events(caller.chat(streamed("count-50", "go")).body());

        assertThat(events).hasSizeGreaterThan(52).last().isEqualTo("[DONE]");
        JsonNode usage = json(events.get(events.size() - 2));
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(10);
        assertThat(json(events.get(events.size() - 3))
                        .at("/choices/0/finish_reason")
                        .asText())
                .isEqualTo("stop");
    }

    /** CONFORMANCE 10. */
    @Test
    void aRequestMayComeInChunks() throws Exception {
        String body = question("ok", "hello").replace('\'', '"');
        StringBuilder request = new StringBuilder(CHUNKED);
        body.chars().forEach(c -> request.append("1\r\n").append((char) c).append("\r\n"));

        try (Socket socket = caller.begin(request + "0\r\n\r\n")) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 200").contains("ok heard hello");
        }
    }

    /** CONFORMANCE 10. */
    @Test
    void whoAsksFirstIsToldToContinue() throws Exception {
        byte[] body = question("ok", "hello").replace('\'', '"').getBytes(UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n"
                + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n";

        try (Socket socket = caller.begin(head)) {
            String interim = read(socket, "\r\n\r\n");
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(interim).startsWith("HTTP/1.1 100");
            assertThat(answer).startsWith("HTTP/1.1 200").contains("ok heard hello");
        }
    }

    /** CONFORMANCE 10. */
    @Test
    void aConnectionServesManyRequestsEvenAfterErrors() throws Exception {
        String good = whole(question("ok", "hello"));

        try (Socket socket = caller.begin(good)) {
            String first = answer(socket);
            socket.getOutputStream().write(whole("{").getBytes(UTF_8));
            String second = answer(socket);
            socket.getOutputStream().write(good.getBytes(UTF_8));
            String third = answer(socket);

            assertThat(List.of(first, second, third))
                    .extracting(answer -> answer.lines().findFirst().orElse(""))
                    .containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK");
        }
    }

    /** CONFORMANCE 10. */
    @Test
    void http2WithoutTlsIsSpoken() {
        HttpResponse<String> answer = caller.overHttp2("/v1/chat/completions", question("ok", "hello"));
        HttpResponse<String> stream = caller.overHttp2("/v1/chat/completions", streamed("count-50", "hello"));

        assertThat(answer.version().toString()).isEqualTo("HTTP_2");
        assertThat(content(answer)).isEqualTo("ok heard hello");
        assertThat(said(stream.body())).isEqualTo(FIFTY);
    }

    /** CONFORMANCE 8. */
    @Test
    void twentyMegabytesOfImagesPass() {
        String id = Caller.newId();
        String image = "A".repeat(20 * 1024 * 1024);
        String body = "{'model':'ok','messages':[{'role':'user','content':[{'type':'text','text':'look'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64," + image + "'}}]}]}";

        HttpResponse<String> answer = caller.chat(body, "x-request-id", id);

        assertThat(content(answer)).isEqualTo("ok heard look");
        assertThat(Served.backend().visits(id).get(0).text()).hasSize(body.length());
    }

    /** CONFORMANCE 6. */
    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsRead() throws Exception {
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: 99999999\r\n\r\n{";

        try (Socket socket = caller.begin(head)) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 413").contains("body_too_large", "21 MiB");
        }
    }

    /** Issue 3, Speed: none lost. */
    @Test
    void aHundredStreamsAtOnceAreAllWholeAndInOrder() {
        List<CompletableFuture<HttpResponse<String>>> streams = IntStream.range(0, 100)
                .mapToObj(i ->
                        caller.later("/v1/chat/completions", streamed(i % 2 == 0 ? "count-50" : "slow-20", "go")))
                .toList();

        List<String> said =
                streams.stream().map(stream -> said(stream.join().body())).toList();

        assertThat(said).hasSize(100);
        assertThat(IntStream.range(0, 100).filter(i -> i % 2 == 0).mapToObj(said::get))
                .containsOnly(FIFTY);
        assertThat(IntStream.range(0, 100).filter(i -> i % 2 == 1).mapToObj(said::get))
                .containsOnly(IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    @Test
    void ollamaIsAskedInItsOwnWordsAndUnderstood() {
        String id = Caller.newId();

        HttpResponse<String> answer = caller.chat(question("ollama-ok", "hello"), "x-request-id", id);
        HttpResponse<String> stream = caller.chat(streamed("ollama-count-50", "hello"));

        assertThat(Served.backend().visits(id).get(0).path()).isEqualTo("/api/chat");
        assertThat(content(answer)).isEqualTo("ok heard hello");
        assertThat(json(answer.body()).at("/usage/total_tokens").asInt()).isEqualTo(10);
        assertThat(said(stream.body())).isEqualTo(FIFTY);
        assertThat(events(stream.body())).last().isEqualTo("[DONE]");
        assertThat(stream.body()).contains("\"total_tokens\":10");
    }

    /** CONFORMANCE 20. */
    @Test
    void oldCompletionsPassThroughAPipelineOfOneModel() {
        String id = Caller.newId();
        String body = "{\"model\":\"ok\", \"prompt\":\"Once\",\"suffix\":\"end\",\"echo\":false,\"logprobs\":1 }";

        HttpResponse<String> answer = caller.exactly("/v1/completions", body, "x-request-id", id);
        HttpResponse<String> stream =
                caller.post("/v1/completions", "{'model':'count-50','prompt':'go','stream':true}");

        assertThat(Served.backend().visits(id).get(0).path()).isEqualTo("/v1/completions");
        assertThat(Served.backend().visits(id).get(0).text()).isEqualTo(body);
        assertThat(json(answer.body()).at("/choices/0/text").asText()).isEqualTo("ok heard Once");
        assertThat(said(stream.body())).isEqualTo(FIFTY);
    }

    /** CONFORMANCE 20. */
    @ParameterizedTest
    @ValueSource(strings = {"layers", "ollama-ok", "middle", "context"})
    void oldCompletionsBecomeChatsWhereAPipelineSpeaksOnlyThose(String model) {
        HttpResponse<String> answer = caller.post("/v1/completions", "{'model':'" + model + "','prompt':'Once'}");
        HttpResponse<String> stream =
                caller.post("/v1/completions", "{'model':'" + model + "','prompt':'Once','stream':true}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer.body()).path("object").asText()).isEqualTo("text_completion");
        assertThat(json(answer.body()).at("/choices/0/text").asText()).startsWith("ok heard");
        assertThat(events(stream.body()).stream()
                        .filter(data -> !data.equals("[DONE]"))
                        .map(data -> json(data).path("object").asText()))
                .containsOnly("text_completion");
        assertThat(said(stream.body()))
                .isEqualTo(json(answer.body()).at("/choices/0/text").asText());
    }

    /** CONFORMANCE 20. */
    @Test
    void severalPromptsGetAsManyChoices() {
        HttpResponse<String> answer =
                caller.post("/v1/completions", "{'model':'layers','prompt':['one','two'],'echo':true}");

        assertThat(json(answer.body()).path("choices")).hasSize(2);
        assertThat(json(answer.body()).at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(json(answer.body()).at("/choices/1/text").asText()).startsWith("two");
    }

    /** CONFORMANCE 14, 15. */
    @Test
    void toolsAreOfferedAndCalled() {
        String tools = "'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object'}}}]";
        String body = "{'model':'tools'," + tools + ",'messages':[{'role':'user','content':'Paris?'}]}";

        JsonNode answer = json(caller.chat(body).body());

        assertThat(answer.at("/choices/0/message/tool_calls/0/function/name").asText())
                .isEqualTo("weather");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    private static String whole(String body) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body.replace('\'', '"');
    }

    /** Reads until this text has come. */
    private static String read(Socket socket, String until) throws Exception {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(until) < 0) {
            int next = in.read();
            assertThat(next).as("end before %s after %s", until, read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads one answer whole. */
    private static String answer(Socket socket) throws Exception {
        String head = read(socket, "\r\n\r\n");
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return head + new String(socket.getInputStream().readNBytes(length), UTF_8);
    }
}

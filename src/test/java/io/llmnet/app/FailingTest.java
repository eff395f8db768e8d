package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.events;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers are told when something is wrong. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class FailingTest {
    private final Caller caller = Caller.ofServer();

    /** CONFORMANCE 4, 6. */
    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422, 429, 500, 503, 529})
    void aModelServersRefusalKeepsItsStatusAndItsWords(int status) {
        HttpResponse<String> answer = caller.chat(question("status-" + status, "hello"));
        HttpResponse<String> stream = caller.chat(streamed("status-" + status, "hello"));

        for (HttpResponse<String> told : List.of(answer, stream)) {
            assertThat(told.statusCode()).isEqualTo(status);
            assertThat(told.headers().firstValue("content-type")).contains("application/json");
            assertThat(json(told.body()).at("/error/code").asText()).isEqualTo("fake_" + status);
        }
    }

    /** CONFORMANCE 6. */
    @ParameterizedTest
    @ValueSource(strings = {"status-429", "status-503", "layers-refused"})
    void whenToComeAgainIsPassedOn(String model) {
        HttpResponse<String> answer = caller.chat(question(model, "hello"));

        assertThat(answer.headers().firstValue("retry-after")).contains("7");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("0");
    }

    @Test
    void whatOllamaCannotTakeIsTheCallersMistakeAtOnce() {
        HttpResponse<String> answer = caller.chat("{'model':'ollama-ok','messages':[{'role':'user','content':"
                + "[{'type':'image_url','image_url':{'url':'http://elsewhere/cat.png'}}]}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
    }

    /** CONFORMANCE 5. */
    @Test
    void aStreamThatFallsSilentIsBrokenOff() {
        HttpResponse<String> stream = caller.chat(streamed("impatient", "hello"));

        assertThat(events(stream.body())).last().asString().contains("\"code\":\"timeout\"");
    }

    @Test
    void anOllamasRefusalIsToldInOpenAisShape() {
        HttpResponse<String> answer = caller.chat(question("ollama-status-404", "hello"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer.body()).at("/error/message").asText()).contains("refuses");
    }

    /** CONFORMANCE 4, 6. */
    @ParameterizedTest
    @CsvSource({
        "refused, 502, backend_unreachable",
        "html, 502, backend_bad_answer",
        "garbage, 502, backend_bad_answer",
        "cut-5, 502, backend_failed"
    })
    void aModelServerThatFailsIsABadGateway(String model, int status, String code) {
        HttpResponse<String> answer = caller.chat(question(model, "hello"));
        HttpResponse<String> stream = caller.chat(streamed(model, "hello"));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo(code);
        assertThat(stream.statusCode()).isEqualTo(status);
        assertThat(json(stream.body()).at("/error/type").asText()).isEqualTo("server_error");
    }

    /** CONFORMANCE 4. */
    @Test
    void anErrorAsFirstEventIsAnHttpError() {
        HttpResponse<String> answer = caller.chat(streamed("first-error", "hello"));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(json(answer.body()).at("/error/message").asText()).contains("loading");
    }

    /** CONFORMANCE 5. */
    @Test
    void aBreakWithinAStreamIsToldAndNoEndIsMadeUp() {
        HttpResponse<String> answer = caller.chat(streamed("cut-250", "hello my dear friends here and there"));

        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> events = events(answer.body());
        assertThat(json(events.get(events.size() - 1)).at("/error/code").asText())
                .isEqualTo("stream_broken");
        assertThat(answer.body()).doesNotContain("\"finish_reason\":\"stop\"").doesNotContain("[DONE]");
    }

    /** CONFORMANCE 5. */
    @Test
    void anErrorWithinAStreamIsPassedOn() {
        HttpResponse<String> answer = caller.chat(streamed("late-error", "hello"));

        assertThat(answer.body()).contains("out of memory").doesNotContain("\"finish_reason\":\"stop\"");
    }

    /** CONFORMANCE 6, 49. */
    @ParameterizedTest
    @ValueSource(strings = {"hang-head", "hang-mid", "hang-first", "layers-hang"})
    void aRequestEndsWhenItsTimeIsOver(String model) {
        HttpResponse<String> answer = caller.chat(question(model, "hello"), "x-request-timeout", "0.3");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("timeout");
    }

    /** CONFORMANCE 5, 7: with a sign of life told, an error can only be the last event. */
    @ParameterizedTest
    @ValueSource(strings = {"hang-head", "hang-mid", "layers-hang"})
    void aStreamEndsWhenItsTimeIsOver(String model) {
        HttpResponse<String> answer = caller.chat(streamed(model, "hello my dear"), "x-request-timeout", "0.3");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(events(answer.body())).last().asString().contains("\"timeout\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "NaN"})
    void aTimeThatIsNoneIsRefused(String time) {
        HttpResponse<String> answer = caller.chat(question("ok", "hello"), "x-request-timeout", time);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer.body()).at("/error/param").asText()).isEqualTo("x-request-timeout");
    }

    /** CONFORMANCE 7. */
    @Test
    void whoWaitsForAStreamHearsThatItLives() {
        HttpResponse<String> answer = caller.chat(streamed("layers-slow", "hello"));

        assertThat(answer.body()).startsWith(": ping\n\n");
        assertThat(Caller.said(answer.body())).startsWith("ok heard 0 1 2");
        assertThat(answer.body()).contains(": trace router, draft, finish\n\n");
    }

    /** CONFORMANCE 5. */
    @Test
    void aRefusalAfterASignOfLifeIsTheStreamsLastEvent() {
        HttpResponse<String> answer = caller.chat(streamed("layers-late-refused", "hello"));

        assertThat(answer.body()).startsWith(": ping\n\n");
        assertThat(events(answer.body())).last().asString().contains("fake_429");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{'model':7,'messages':[]}",
                "{'model':'ok'}",
                "{'model':'ok','messages':'hello'}",
                "{'model':'ok','messages':[]}",
                "{'model':'ok','messages':[{'role':'user','content':'x'}],'stream':'maybe'}",
                "{'model':'rules','messages':[7]}",
                "{'model':'rules','messages':[{'role':'user','content':{'a':1}}]}",
                "{'model':'intent','messages':[{}]}"
            })
    void aMangledRequestIsTheCallersFault(String body) {
        HttpResponse<String> answer = caller.chat(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = json(answer.body()).path("error");
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void noMangledRequestGetsAServerErrorOrAStackTrace(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            String answer = answered(Mangled.request(random));

            assertThat(answer).as("seed %s request %s", seed, i).doesNotContain("HTTP/1.1 5");
            assertThat(answer).doesNotContain("\tat ").doesNotContain("Exception");
        }
        assertThat(content(caller.chat(question("ok", "still here")))).isEqualTo("ok heard still here");
    }

    private String answered(byte[] request) throws IOException {
        try (Socket socket = caller.begin("")) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (java.net.SocketException closedBeforeAllWasWritten) {
            return "";
        }
    }
}

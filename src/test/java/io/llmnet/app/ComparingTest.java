package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.FakeVisit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How routers choose by embeddings. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class ComparingTest {
    private static final int MANY_CHOICES = 300;

    private final Caller caller = Caller.ofServer();

    @ParameterizedTest
    @CsvSource({
        "compare, Help me with my code, coder",
        "compare, Two poems please, writer",
        "compare, An ode to my cat, writer",
        "compare, nice to meet you my dear, friend",
        "compare-ollama, Two poems please, writer",
        "compare-rules, Help me with my code and poems, writer"
    })
    void theNearestUseCaseOrExampleAnswers(String model, String text, String who) {
        HttpResponse<String> answer = caller.chat(question(model, text));
        HttpResponse<String> stream = caller.chat(streamed(model, text));

        assertThat(content(answer)).isEqualTo("from the " + who);
        assertThat(trace(answer)).isEqualTo("router, " + who);
        assertThat(said(stream.body())).isEqualTo("from the " + who);
        assertThat(trace(stream)).isEqualTo("router, " + who);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare-refused", "compare-nonsense", "compare-few", "compare-down", "compare-here"})
    void whereNothingCanBeComparedTheDefaultAnswers(String model) {
        HttpResponse<String> answer = caller.chat(question(model, "Help me with my code"));

        assertThat(content(answer)).isEqualTo("from the writer");
        assertThat(trace(answer)).isEqualTo("router;fallback=down, writer");
    }

    @Test
    void aRequestWithoutWordsGoesToTheDefault() {
        HttpResponse<String> answer = caller.chat(question("compare", " "));

        assertThat(trace(answer)).isEqualTo("router;fallback=empty, writer");
    }

    @Test
    void useCasesAreEmbeddedOnceAndOnlyTheRequestIsPaidFor() {
        String id = Caller.newId();
        caller.chat(question("compare", "Help me with my code"));

        HttpResponse<String> answer = caller.chat(question("compare", "Help me with my code"), "x-request-id", id);

        FakeVisit visit = Served.backend().visits(id).get(0);
        JsonNode asked = json(visit.text());
        assertThat(visit.path()).isEqualTo("/v1/embeddings");
        assertThat(asked.path("model").asText()).isEqualTo("embed");
        assertThat(asked.path("input")).map(JsonNode::asText).containsExactly("Help me with my code");
        assertThat(Served.backend().visits(id)).hasSize(2);
        assertThat(json(answer.body()).at("/usage/prompt_tokens").asInt()).isEqualTo(14);
    }

    @Test
    void ofALongRequestOnlyTheStartIsCompared() {
        String id = Caller.newId();

        caller.chat(question("compare", "word ".repeat(1000)), "x-request-id", id);

        FakeVisit visit = Served.backend().visits(id).stream()
                .reduce((first, second) -> second.path().endsWith("/embeddings") ? second : first)
                .orElseThrow();
        assertThat(json(visit.text()).at("/input/0").asText()).hasSize(1000);
    }

    @Test
    void allOfManyChoicesAtOnceAreMade() {
        List<CompletableFuture<HttpResponse<String>>> many = new ArrayList<>();
        for (int i = 0; i < MANY_CHOICES; i++) {
            many.add(caller.later("/v1/chat/completions", question("compare", "Two poems please")));
        }

        assertThat(many).allSatisfy(answer -> assertThat(trace(answer.join())).isEqualTo("router, writer"));
    }

    @Test
    void aHangingModelIsWaitedForNoLongerThanTheRequestMayTake() {
        HttpResponse<String> answer =
                caller.chat(question("compare-hang", "Help me with my code"), "x-request-timeout", "1");

        assertThat(answer.statusCode()).isEqualTo(504);
    }

    @Test
    void theEmbeddingModelIsLeftWhenTheCallerIs() throws IOException {
        String id = Caller.newId();
        caller.chat(question("compare-hang-late", "Help me with my code"), "x-request-timeout", "1");
        try (Socket socket = caller.beginChat(question("compare-hang-late", "Help me with my code"), id)) {
            Eventually.holds(
                    "the model is asked", () -> Served.backend().visits(id).size() == 1);
            assertThat(socket.isConnected()).isTrue();
        }

        Eventually.holds(
                "the model is left", () -> Served.backend().visits(id).get(0).isAbandoned());
    }

    private static String trace(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-llmnet-trace").orElse("none");
    }
}

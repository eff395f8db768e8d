package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The guide of the calculator with hooks, followed. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class HooksTest {
    private final Caller caller = Caller.ofServer();

    @Test
    void whatIsCalculatedIsValidatedAfterEachNode() {
        HttpResponse<String> answer = caller.chat(question("calculator", "What is 2*4?"));
        HttpResponse<String> stream = caller.chat(streamed("calculator", "What is 3*7?"));

        assertThat(content(answer)).isEqualTo("{\"result\":16}");
        assertThat(answer.headers().firstValue("x-llmnet-trace")).contains("router, initial-calc, doubler");
        assertThat(json(answer.body()).at("/usage/total_tokens").asInt()).isEqualTo(10);
        assertThat(said(stream.body())).isEqualTo("{\"result\":42}");
        assertThat(Served.functions().heard("2*4"))
                .containsExactly("/validate {\"expression\":\"What is 2*4?\",\"result\":\"{\\\"result\\\": 8}\"}");
        assertThat(Served.functions().heard("/validate {\"expression\":\"{\\\"result\\\":8}\""))
                .containsExactly(
                        "/validate {\"expression\":\"{\\\"result\\\":8}\",\"result\":\"{\\\"result\\\": 16}\"}");
    }

    @Test
    void aWrongResultEndsTheRequest() {
        HttpResponse<String> answer = caller.chat(question("calculator", "Tell a wrong 3*3!"));
        HttpResponse<String> stream = caller.chat(streamed("calculator", "Tell a wrong 3*3!"));

        JsonNode error = json(answer.body()).path("error");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error.path("code").asText()).isEqualTo("hook_failed");
        assertThat(error.path("message").asText())
                .isEqualTo("hook validate-math of node initial-calc failed: REST request failed: HTTP 400");
        assertThat(stream.body()).contains("hook_failed").doesNotContain("[DONE]");
    }

    @Test
    void calculationsAreLoggedBesideTheirValidation() {
        HttpResponse<String> answer = caller.chat(question("calculator-logging", "What is 5*5?"));

        assertThat(content(answer)).isEqualTo("{\"result\":50}");
        Eventually.holds(
                "both nodes are logged",
                () -> Served.functions().heard("\"node\":").stream()
                                .filter(one -> one.matches(
                                        "/log \\{\"input\":.*,\"output\":.*,\"node\":\"(initial-calc|doubler)\","
                                                + "\"timestamp\":\"[0-9]+\"}"))
                                .count()
                        == 2);
    }

    @Test
    void onlyLongExpressionsAreValidatedWhereTheConditionSaysSo() {
        HttpResponse<String> brief = caller.chat(question("calculator-choosy", "wrong 6*6"));
        HttpResponse<String> lengthy = caller.chat(question("calculator-choosy", "a wrong 6*6"));

        assertThat(content(brief)).isEqualTo("{\"result\": 74}");
        assertThat(lengthy.statusCode()).isEqualTo(502);
    }
}

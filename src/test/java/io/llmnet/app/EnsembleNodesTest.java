package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.FakeVisit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes of pipelines whose models answer together. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class EnsembleNodesTest {
    private final Caller caller = Caller.ofServer();

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void theMajorityOfANodesModelsAnswersTheCaller() {
        HttpResponse<String> answer = caller.chat(question("together", "capital?"));

        JsonNode body = Caller.json(answer.body());
        assertThat(body.at("/choices/0/message/content").asText()).isIn("Paris", "paris.");
        assertThat(body.at("/usage/total_tokens").asInt()).isPositive();
        assertThat(header(answer, "x-llmnet-strategy")).isEqualTo("voting");
        assertThat(header(answer, "x-llmnet-ensemble")).isEqualTo("together/chat");
        assertThat(header(answer, "x-llmnet-trace")).contains("chat");
    }

    @Test
    void whatTheyHaveDecidedIsStreamedToWhoWishesThat() {
        HttpResponse<String> answer = caller.chat(streamed("together", "capital?"));

        assertThat(answer.body()).containsIgnoringCase("paris").endsWith("data: [DONE]\n\n");
        assertThat(header(answer, "x-llmnet-strategy")).isEqualTo("voting");
    }

    @Test
    void eachOfThemGetsTheNodesContextAndItsOwnModelsName() {
        HttpResponse<String> answer = caller.chat(question("together-split", "capital?"));

        List<FakeVisit> visits = Served.backend().visits(header(answer, "x-request-id"));
        assertThat(visits).hasSize(3);
        assertThat(visits).allSatisfy(visit -> assertThat(visit.text()).contains("Be brief."));
        assertThat(visits.stream().map(FakeVisit::text))
                .anyMatch(text -> text.contains("say:Lyon"))
                .anyMatch(text -> text.contains("say:Paris"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(header(answer, "x-llmnet-agreement-score")).isEqualTo("0.667");
    }

    @Test
    void aRaceStreamsThroughThePipeline() {
        HttpResponse<String> answer = caller.chat(streamed("together-race", "capital?"));

        assertThat(answer.body()).contains("Paris").endsWith("data: [DONE]\n\n");
        assertThat(header(answer, "x-llmnet-seat")).isEqualTo("paris");
    }

    @Test
    void whoDecidedInTheMiddleIsTheNextOnesQuestion() {
        HttpResponse<String> answer = caller.chat(question("together-middle", "capital?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "x-llmnet-trace")).contains("draft").contains("finish");
        List<FakeVisit> visits = Served.backend().visits(header(answer, "x-request-id"));
        assertThat(visits.get(visits.size() - 1).text()).containsIgnoringCase("paris");
    }

    @Test
    void whereAllOfThemFailTheCallerIsToldWhy() {
        HttpResponse<String> answer = caller.chat(question("together-down", "capital?"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("broken").contains("refusing");
    }
}

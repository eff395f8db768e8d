package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller says beside the messages decides who answers, and stands in prompts. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class AskedTest {
    private final Caller caller = Caller.ofServer();

    @ParameterizedTest
    @CsvSource({
        "x-team, blue, blue",
        "X-TEAM, blue, blue",
        "x-team, red, other",
        "X-Output-Custom-Key, true, keyed",
        "output-custom-key, yes, keyed",
        "x-something, else, other"
    })
    void headersDecide(String header, String value, String who) {
        HttpResponse<String> answer = caller.chat(question("asked", "Why?"), header, value);

        assertThat(content(answer)).isEqualTo(who);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "temperature": 0.9                        | warm
                    "temperature": 0.5                        | other
                    "temperature": null                       | other
                    "temperature": "none"                     | other
                    "metadata": {"tags": ["a", "hot"]}        | warm
                    "metadata": {"tags": ["hot"]}             | other
                    "metadata": {"tags": {"1": "hot"}}        | warm
                    "metadata": 5                             | other
                    """)
    void theBodyDecides(String member, String who) {
        String question = question("asked", "Why?").replace('\'', '"').replaceFirst("\\{", "{" + member + ",");

        HttpResponse<String> answer = caller.exactly("/v1/chat/completions", question, "x-some", "header");

        assertThat(content(answer)).isEqualTo(who);
    }

    @Test
    void promptsHoldThem() {
        String id = Caller.newId();
        String warm =
                question("asked", "Why?").replaceFirst("\\{", "{'temperature':1.50,'metadata':{'tags':[1,'hot']},");

        caller.chat(warm, "x-request-id", id);
        caller.chat(question("asked", "Why?"), "x-request-id", id, "x-output-custom-key", "yes");

        assertThat(Served.backend().visits(id))
                .extracting(
                        visit -> json(visit.text()).at("/messages/0/content").asText())
                .containsExactly("At 1.50 for {\"tags\":[1,\"hot\"]}, $5.", "The key is yes.");
    }
}

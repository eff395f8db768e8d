package io.llmnet.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.fault.Fault;
import io.llmnet.gateway.Outcomes;
import io.llmnet.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Fault.INTERNAL, "expected");
    }

    private static JsonNode json(JsonNode page) {
        return json(Json.text(page));
    }

    @Test
    void showsARequestInNexusWordsAndInOurs() {
        history.accept(Outcomes.of("qwen3").costing(0.25).told());

        assertThat(json(history.json())).isEqualTo(json("""
                [{'timestamp':1795248000,'model':'qwen3','backend_id':'desk','duration_ms':1500,'status':'Success',
                'error_message':null,'request_id':'request-1','status_code':200,
                'route_reason':'highest_score:desk:87.00','fallback_for':null,'attempts':2,'hedges':1,'stream':true,
                'first_piece_ms':250,'prompt_tokens':12,'completion_tokens':34,'cost':0.25}]"""));
    }

    @Test
    void tellsWhatWentWrongAndForWhichModelAnotherStoodIn() {
        history.accept(
                Outcomes.of("stand-in").by(null).failed(503, "no_backend").told());

        JsonNode entry = history.json().path(0);

        assertThat(entry.path("status").asText()).isEqualTo("Error");
        assertThat(entry.path("error_message").asText()).isEqualTo("it went wrong: no_backend");
        assertThat(entry.path("backend_id").isNull()).isTrue();
        assertThat(entry.path("fallback_for").asText()).isEqualTo("wanted");
        assertThat(entry.path("status_code").asInt()).isEqualTo(503);
    }

    @Test
    void showsTheLastHundredOldestFirstAndKeepsAThousand() {
        for (int each = 0; each < 1100; each++) {
            history.accept(Outcomes.of("model-" + each).told());
        }

        assertThat(history.json()).hasSize(100);
        assertThat(history.json().path(0).path("model").asText()).isEqualTo("model-1000");
        assertThat(history.json().path(99).path("model").asText()).isEqualTo("model-1099");
        assertThat(history.last(5000)).hasSize(1000);
        assertThat(history.last(5000).get(0).model()).isEqualTo("model-100");
    }

    @Test
    void cutsMessagesThatAreTooLong() {
        history.accept(Outcomes.of("m").failed(502, "x".repeat(5000)).told());

        assertThat(history.json().path(0).path("error_message").asText())
                .hasSize(1001)
                .endsWith("x…");
    }
}

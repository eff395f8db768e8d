package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcomes;
import io.llmnet.registry.Card;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerPagesTest {
    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        shop.close();
    }

    private String status() {
        return shop.get("/health").path("status").asText();
    }

    @Test
    void healthIsWhatTheFourSystemsClientsLookFor() {
        shop.pipelines = List.of("summary");
        shop.operator.has("desk", Card.named("qwen3"), Card.named("phi4")).has("shed", Card.named("phi4"));
        shop.operator.lost("shed");

        ObjectNode health = (ObjectNode) shop.get("/health");

        assertThat(health.remove("uptime_seconds").asLong(-1)).isNotNegative();
        assertThat(health).isEqualTo(Shop.json("""
                {'status':'degraded','healthy':true,'running':true,'version':'0.1.0',
                'backends':{'total':2,'healthy':1,'unhealthy':1},'models':3,
                'providers':{'desk':'healthy','shed':'unhealthy'}}"""));
    }

    @Test
    void itIsAsHealthyAsWhoCanAnswer() {
        assertThat(status()).isEqualTo("unhealthy");
        shop.operator.has("desk", Card.named("qwen3"));
        assertThat(status()).isEqualTo("healthy");
        shop.operator.lost("desk");
        assertThat(status()).isEqualTo("unhealthy");
        assertThat(shop.get("/health").path("healthy").asBoolean(true)).isFalse();
        shop.pipelines = List.of("summary");
        assertThat(status()).isEqualTo("degraded");
        shop.operator.registry.remove("desk");
        assertThat(status()).isEqualTo("healthy");
    }

    @Test
    void whatIsRememberedIsShown() {
        shop.operator.has("desk", Card.named("qwen3"));
        shop.ledger.accept(Outcomes.of("qwen3").costing(0.5).told());

        JsonNode history = shop.get("/v1/history");
        JsonNode stats = shop.get("/v1/stats");
        JsonNode advice = shop.get("/v1/fleet/recommendations");

        assertThat(history).hasSize(1);
        assertThat(history.path(0).path("backend_id").asText()).isEqualTo("desk");
        assertThat(stats.path("requests").path("total").asInt()).isEqualTo(1);
        assertThat(stats.path("backends").path(0).path("requests").asInt()).isEqualTo(1);
        assertThat(stats.path("budget").path("current_spending_usd").asDouble()).isEqualTo(0.5);
        assertThat(advice.path("fleet_enabled").asBoolean()).isTrue();
        assertThat(advice.path("recommendations")).isEmpty();
    }

    @Test
    void metricsAreText() {
        var answer = shop.send("GET", "/metrics", "");

        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("some_metric 1\n");
    }
}

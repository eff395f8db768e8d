package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Price;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPagesTest {
    private static final Card SEEING = new Card(
            "team/qwen3:8b",
            new Capabilities(32768, 4096, Ability.YES, Ability.NO, Ability.UNKNOWN, Ability.NO, Ability.YES),
            new Price(0.1, 0.4),
            Ability.YES,
            5_000_000_000L,
            1_700_000_000);

    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        shop.close();
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data").findValuesAsText("id");
    }

    /** CONFORMANCE 21. */
    @Test
    void tellsWhatAModelCanDoAsFarAsAnybodyKnows() {
        shop.operator.has("desk", SEEING);

        JsonNode list = shop.get("/v1/models");

        assertThat(list).isEqualTo(Shop.json("""
                {'object':'list','data':[{'id':'team/qwen3:8b','object':'model','created':1700000000,'owned_by':'desk',
                'context_length':32768,'capabilities':{'vision':true,'tools':false,'json_mode':null,'embeddings':false,
                'reasoning':true},'x_llmnet':{'loaded':true,'kind':'ollama','zone':'restricted','tier':1,
                'max_output_tokens':4096,'size_bytes':5000000000,'price':{'prompt':0.1,'completion':0.4}}}]}"""));
    }

    /** CONFORMANCE 21. */
    @Test
    void whatNobodyKnowsIsNull() {
        shop.operator.has("desk", Card.named("phi4"));

        ObjectNode model = (ObjectNode) shop.get("/v1/models").path("data").path(0);

        assertThat(model.remove("created").asLong()).isPositive();
        assertThat(model).isEqualTo(Shop.json("""
                {'id':'phi4','object':'model','owned_by':'desk','context_length':null,
                'capabilities':{'vision':null,'tools':null,'json_mode':null,'embeddings':null,'reasoning':null},
                'x_llmnet':{'loaded':null,'kind':'ollama','zone':'restricted','tier':1}}"""));
    }

    /** CONFORMANCE 21. */
    @Test
    void listsPipelinesFirstThenEachModelOfEachBackendByIdAndOwner() {
        shop.pipelines = List.of("summary", "phi4");
        shop.operator
                .has("shed", Card.named("qwen3"), Card.named("llama3"))
                .has("desk", Card.named("qwen3"), Card.named("phi4"))
                .has("gone", Card.named("gemma2"))
                .lost("gone");
        shop.operator.aliases = Map.of("gpt-4o", "best", "best", "qwen3", "dead", "gemma2", "brief", "summary");

        JsonNode list = shop.get("/v1/models");

        assertThat(ids(list)).containsExactly("summary", "phi4", "best", "brief", "gpt-4o", "llama3", "qwen3", "qwen3");
        assertThat(list.path("data").findValuesAsText("owned_by"))
                .containsExactly("llmnet", "llmnet", "llmnet", "llmnet", "llmnet", "shed", "desk", "shed");
        assertThat(list.path("data").path(4).path("x_llmnet").path("alias_for").asText())
                .isEqualTo("qwen3");
        assertThat(list.path("data").path(3).path("x_llmnet").path("alias_for").asText())
                .isEqualTo("summary");
    }

    /** CONFORMANCE 21. */
    @ParameterizedTest
    @CsvSource({
        "team/qwen3:8b, desk",
        "team%2Fqwen3%3A8b, desk",
        "team/qwen3:8b/, desk",
        "smart, llmnet",
        "mini, desk",
        "mini:latest, desk",
        "summary, llmnet"
    })
    void oneModelCanBeLookedAt(String id, String owner) {
        shop.pipelines = List.of("summary");
        shop.operator.has("desk", SEEING, Card.named("mini:latest"));
        shop.operator.aliases = Map.of("smart", "team/qwen3:8b");

        JsonNode model = shop.get("/v1/models/" + id);

        assertThat(model.path("object").asText()).isEqualTo("model");
        assertThat(model.path("owned_by").asText()).isEqualTo(owner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "gemma2", "dead"})
    void aModelThatNobodyHasNowIsNotFoundAndTheOthersAreNamed(String id) {
        shop.operator.has("desk", SEEING).has("gone", Card.named("gemma2")).lost("gone");
        shop.operator.aliases = Map.of("dead", "gemma2");

        HttpResponse<String> answer = shop.send("GET", "/v1/models/" + id, "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Shop.json(answer.body().replace('\'', '`'))).isEqualTo(Shop.json("""
                {'error':{'message':'the model `%s` does not exist; there are team/qwen3:8b',
                'type':'invalid_request_error','param':'model','code':'model_not_found'}}""".formatted(id)));
    }

    /** CONFORMANCE 41. */
    @Test
    void anthropicsClientsGetTheirShapeAndEachIdOnce() {
        shop.operator.has("desk", SEEING).has("shed", SEEING);
        shop.operator.aliases = Map.of("claude-local", "team/qwen3:8b");

        JsonNode list = shop.get("/v1/models?limit=1000", "anthropic-version", "2023-06-01");
        JsonNode one = shop.get("/v1/models/claude-local", "anthropic-version", "2023-06-01");

        assertThat(list).isEqualTo(Shop.json("""
                {'data':[
                {'type':'model','id':'claude-local','display_name':'claude-local','created_at':'2023-11-14T22:13:20Z'},
                {'type':'model','id':'team/qwen3:8b','display_name':'team/qwen3:8b',
                'created_at':'2023-11-14T22:13:20Z'}],
                'has_more':false,'first_id':'claude-local','last_id':'team/qwen3:8b'}"""));
        assertThat(one).isEqualTo(list.path("data").path(0));
    }

    /** CONFORMANCE 4, 41. */
    @Test
    void anthropicsClientsGetErrorsInTheirShape() {
        HttpResponse<String> answer =
                shop.send("GET", "/v1/models/none", "", "anthropic-version", "2023-06-01", "x-request-id", "request-7");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Shop.json(answer.body())).isEqualTo(Shop.json("""
                {'type':'error','error':{'type':'not_found_error',
                'message':'the model `none` does not exist; no models are available'},'request_id':'request-7'}"""));
    }

    /** CONFORMANCE 41. */
    @Test
    void anthropicsClientsGoPageByPage() {
        shop.pipelines = List.of("a", "b", "c", "d", "e");
        String[] version = {"anthropic-version", "2023-06-01"};

        JsonNode first = shop.get("/v1/models?limit=2", version);
        JsonNode second = shop.get("/v1/models?limit=2&after_id=b", version);
        JsonNode last = shop.get("/v1/models?limit=2&after_id=d", version);
        JsonNode back = shop.get("/v1/models?limit=2&before_id=c", version);

        assertThat(ids(first)).containsExactly("a", "b");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(ids(second)).containsExactly("c", "d");
        assertThat(ids(last)).containsExactly("e");
        assertThat(last.path("has_more").asBoolean(true)).isFalse();
        assertThat(ids(back)).containsExactly("a", "b");
        assertThat(shop.send("GET", "/v1/models?limit=none", "", version).statusCode())
                .isEqualTo(400);
        assertThat(shop.send("GET", "/v1/models?after_id=z", "", version).statusCode())
                .isEqualTo(400);
    }

    @Test
    void tellsWhichMethodsThereAre() {
        HttpResponse<String> answer = shop.send("PUT", "/v1/models/qwen3", "{}");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("DELETE, GET, HEAD");
        assertThat(shop.send("POST", "/v1/models", "{}").headers().firstValue("allow"))
                .contains("GET, HEAD");
        assertThat(shop.send("PUT", "/v1/models/load", "{}").headers().firstValue("allow"))
                .contains("DELETE, GET, HEAD, POST");
    }

    @Test
    void showsAnotherGatewayNothingThatLeavesHome() {
        shop.pipelines = List.of("summary");
        shop.operator.has("desk", Card.named("qwen3"), Card.named("shared"));
        shop.operator.has(
                Registration.of(FakeOperator.backend("llmnet", null), "openai", Zone.OPEN, Source.FILE),
                Card.named("gpt-4o"),
                Card.named("shared"));

        JsonNode shown = shop.get("/v1/models", "x-llmnet-instance", "other");

        assertThat(ids(shop.get("/v1/models"))).containsExactly("summary", "gpt-4o", "qwen3", "shared", "shared");
        assertThat(ids(shown)).containsExactly("summary", "qwen3", "shared");
        assertThat(shown.path("data").findValuesAsText("owned_by")).containsExactly("llmnet", "desk", "desk");
    }

    @Test
    void showsAnotherGatewayNothingThatItKnowsFromGateways() {
        shop.operator.has("desk", Card.named("qwen3"));
        shop.operator.has(
                Registration.of(FakeOperator.backend("elsewhere", null), "gateway", Zone.RESTRICTED, Source.FILE),
                Card.named("phi4"));

        assertThat(ids(shop.get("/v1/models"))).containsExactly("phi4", "qwen3");
        assertThat(ids(shop.get("/v1/models", "x-llmnet-instance", "other"))).containsExactly("qwen3");
    }
}

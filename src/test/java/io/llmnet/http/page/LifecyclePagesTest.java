package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Card;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecyclePagesTest {
    private final Shop shop = new Shop();

    LifecyclePagesTest() {
        shop.operator.has("desk", Card.named("qwen3")).has("shed");
    }

    @AfterEach
    void end() {
        shop.close();
    }

    private static void says(HttpResponse<String> answer, int status, String json) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Shop.json(answer.body())).isEqualTo(Shop.json(json));
    }

    private static void heads(HttpResponse<String> answer, String status, String operation) {
        assertThat(answer.headers().firstValue("x-nexus-lifecycle-status")).contains(status);
        assertThat(answer.headers().firstValue("x-nexus-lifecycle-operation")).contains(operation);
    }

    @Test
    void loadsAModel() {
        HttpResponse<String> answer =
                shop.send("POST", "/v1/models/load", "{'model_id':'team/qwen3','backend_id':'desk'}");

        says(answer, 202, """
                {'operation_id':'op-1','model_id':'team/qwen3','backend_id':'desk','status':'in_progress'}""");
        heads(answer, "loading", "op-1");
        assertThat(shop.operator.done).containsExactly("load team/qwen3 on desk");
    }

    @Test
    void movesAModel() {
        HttpResponse<String> answer = shop.send(
                "POST",
                "/v1/models/migrate",
                "{'model_id':'qwen3','source_backend_id':'desk','target_backend_id':'shed'}");

        says(answer, 202, """
                {'operation_id':'op-migrate-1','model_id':'qwen3','source_backend_id':'desk',
                'target_backend_id':'shed','status':'in_progress','message':'Migration initiated. Target backend is \
                loading the model. Source backend will continue serving requests.'}""".replace("\n", " "));
        heads(answer, "migrating", "op-migrate-1");
        assertThat(shop.operator.done).containsExactly("move qwen3 from desk to shed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/qwen3:8b", "team%2Fqwen3%3A8b"})
    void unloadsAModelWhoseNameHasASlash(String id) {
        HttpResponse<String> answer = shop.send("DELETE", "/v1/models/" + id + "?backend_id=desk", "");

        says(answer, 200, """
                {'operation_id':'op-unload-1','model_id':'team/qwen3:8b','backend_id':'desk','status':'completed',
                'vram_free_bytes':3221225472,'vram_free_gb':3.0}""");
        heads(answer, "completed", "op-unload-1");
        assertThat(shop.operator.done).containsExactly("unload team/qwen3:8b on desk");
    }

    @Test
    void tellsWhatBecameOfIt() {
        assertThat(shop.get("/v1/operations/op-1")).isEqualTo(Shop.json("""
                {'operation_id':'op-1','model_id':'qwen3','backend_id':'desk','status':'in_progress'}"""));
        assertThat(shop.get("/v1/operations").path("operations")).hasSize(1);
        assertThat(shop.send("GET", "/v1/operations/op-2", "").statusCode()).isEqualTo(404);
        shop.operator.status = Operation.Status.FAILED;
        assertThat(shop.get("/v1/operations/op-1").path("status").asText()).isEqualTo("failed");
    }

    @Test
    void anUnknownBackendIsNotFoundAndNobodyIsAsked() {
        String load = "{'model_id':'qwen3','backend_id':'attic'}";
        String move = "{'model_id':'qwen3','source_backend_id':'desk','target_backend_id':'attic'}";

        for (HttpResponse<String> answer : List.of(
                shop.send("POST", "/v1/models/load", load),
                shop.send("POST", "/v1/models/migrate", move),
                shop.send("DELETE", "/v1/models/qwen3?backend_id=attic", ""))) {
            says(answer, 404, """
                    {'error':{'message':'Backend attic not found','type':'invalid_request_error','param':null,
                    'code':'not_found'}}""");
        }
        assertThat(shop.operator.done).isEmpty();
    }

    @Test
    void whatTheOperatorRefusesIsToldWithItsStatus() {
        shop.operator.refusal = FakeOperator.conflict();
        HttpResponse<String> busy = shop.send("DELETE", "/v1/models/qwen3?backend_id=desk", "");
        shop.operator.refusal = new ChatException(Fault.BAD_REQUEST, "not enough memory");
        HttpResponse<String> full = shop.send("POST", "/v1/models/load", "{'model_id':'qwen3','backend_id':'desk'}");

        says(busy, 409, """
                {'error':{'message':'Cannot unload model: 3 active requests in progress',
                'type':'invalid_request_error','param':null,'code':'conflict'}}""");
        assertThat(full.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{'model_id':'qwen3'}",
                "{'backend_id':'desk'}",
                "{'model_id':7,'backend_id':'desk'}",
                "{'model_id':' ','backend_id':'desk'}"
            })
    void anOrderThatSaysNotEnoughIsRefused(String order) {
        assertThat(shop.send("POST", "/v1/models/load", order).statusCode()).isEqualTo(400);
        assertThat(shop.send("POST", "/v1/models/migrate", order).statusCode()).isEqualTo(400);
        assertThat(shop.send("DELETE", "/v1/models/qwen3", "").statusCode()).isEqualTo(400);
        assertThat(shop.operator.done).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Origin, http://page.example", "X-Forwarded-For, 192.0.2.7", "Via, 1.1 proxy"})
    void pagesAndOtherMachinesMayOnlyLook(String header, String value) {
        String load = "{'model_id':'qwen3','backend_id':'desk'}";
        String move = "{'model_id':'qwen3','source_backend_id':'desk','target_backend_id':'shed'}";

        for (HttpResponse<String> answer : List.of(
                shop.send("POST", "/v1/models/load", load, header, value),
                shop.send("POST", "/v1/models/migrate", move, header, value),
                shop.send("DELETE", "/v1/models/qwen3?backend_id=desk", "", header, value))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("forbidden");
        }
        assertThat(shop.operator.done).isEmpty();
        assertThat(shop.send("GET", "/v1/operations", "", header, value).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertThat(shop.send("POST", "/v1/models/load", "x".repeat(20_000)).statusCode())
                .isEqualTo(413);
    }
}

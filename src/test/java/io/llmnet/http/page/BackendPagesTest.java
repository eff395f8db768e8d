package io.llmnet.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.gateway.Outcomes;
import io.llmnet.registry.Breaker;
import io.llmnet.registry.Card;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendPagesTest {
    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        shop.close();
    }

    @Test
    void tellsAllOfABackendButItsSecrets() {
        Registration said = new Registration(
                FakeOperator.backend("desk", "sk-very-secret"),
                "ollama",
                Zone.OPEN,
                2,
                40,
                1,
                4,
                List.of(),
                Source.MDNS);
        shop.operator.has(said, Card.named("qwen3"));
        shop.ledger.accept(Outcomes.of("qwen3").told());
        desk().load().enter();

        ObjectNode view = (ObjectNode) shop.get("/v1/backends").path("backends").path(0);

        assertThat(view.toString()).doesNotContain("secret", "key-in-path");
        assertThat(view).isEqualTo(Shop.json("""
                {'id':'desk','name':'desk','url':'http://127.0.0.1:11434','backend_type':'ollama','status':'healthy',
                'last_health_check':'2026-11-21T08:00:00Z','last_error':null,'models':[{'id':'qwen3','name':'qwen3',
                'context_length':null,'supports_vision':null,'supports_tools':null,'supports_json_mode':null,
                'max_output_tokens':null,'loaded':null,'breaker':'closed','left_alone_ms':0}],'priority':40,
                'pending_requests':1,'total_requests':1,'avg_latency_ms':1500,'discovery_source':'mdns','metadata':{},
                'current_operation':{'operation_id':'op-1','model_id':'qwen3','backend_id':'desk',
                'status':'in_progress'},'zone':'open','tier':2,'weight':1.0,'max_concurrent':4,'version':'0.9.1',
                'probe_ms':4.0}"""));
        assertThat(shop.get("/v1/backends/desk")).isEqualTo(view);
    }

    private Member desk() {
        return Objects.requireNonNull(shop.operator.registry.named("desk"));
    }

    @Test
    void tellsWhoIsNotWellAndWhichModelIsLeftAlone() {
        shop.operator.has("desk", Card.named("qwen3"));
        for (int each = 0; each < 5; each++) {
            desk().load().pulse("qwen3").failed(System.nanoTime(), Breaker.Terms.USUAL);
        }
        shop.operator.lost("desk");

        JsonNode view = shop.get("/v1/backends/desk");

        assertThat(view.path("status").asText()).isEqualTo("unhealthy");
        assertThat(view.path("last_error").asText()).isEqualTo("connection refused");
        assertThat(view.path("models").path(0).path("breaker").asText()).isEqualTo("open");
        assertThat(view.path("models").path(0).path("left_alone_ms").asLong()).isPositive();
        assertThat(view.path("avg_latency_ms").asLong()).isEqualTo(4);
    }

    @Test
    void addsABackendAndNeverShowsItsKey() {
        HttpResponse<String> answer = shop.send("POST", "/v1/backends", """
                {'url':'http://127.0.0.1:9','name':'attic','kind':'vllm','zone':'Open','tier':3,'priority':7,
                'max_concurrent':2,'api_key':'sk-secret'}""");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).doesNotContain("sk-secret");
        assertThat(Shop.json(answer.body()).path("name").asText()).isEqualTo("attic");
        assertThat(Shop.json(answer.body()).path("discovery_source").asText()).isEqualTo("manual");
        assertThat(shop.operator.done)
                .containsExactly("add NewBackend[http://127.0.0.1:9, name=attic, kind=vllm] key sk-secret zone OPEN"
                        + " tier 3");
    }

    @Test
    void anAddressIsEnough() {
        assertThat(shop.send("POST", "/v1/backends", "{'url':'http://127.0.0.1:9'}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                     | url
            {'url':7}                                              | url
            {'url':'desk'}                                         | url
            {'url':'ftp://desk'}                                   | url
            {'url':'http://me:secret@desk'}                        | url
            {'url':'http://desk:11434','tier':6}                   | tier
            {'url':'http://desk:11434','tier':1.5}                 | tier
            {'url':'http://desk:11434','priority':'high'}          | priority
            {'url':'http://desk:11434','max_concurrent':-1}        | max_concurrent
            {'url':'http://desk:11434','zone':'internal'}          | zone
            {'url':'http://desk:11434','name':''}                  | name
            {'url':'http://desk:11434','apikey':'sk'}              | apikey
            """)
    void aMistakeIsToldWithItsParameter(String body, String param) {
        HttpResponse<String> answer = shop.send("POST", "/v1/backends", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("secret");
        assertThat(Shop.json(answer.body().replace('\'', '`'))
                        .path("error")
                        .path("param")
                        .asText())
                .isEqualTo(param);
        assertThat(shop.operator.done).isEmpty();
    }

    @Test
    void removesABackend() {
        shop.operator.has("my desk");

        HttpResponse<String> gone = shop.send("DELETE", "/v1/backends/my%20desk", "");
        HttpResponse<String> again = shop.send("DELETE", "/v1/backends/my%20desk", "");

        assertThat(Shop.json(gone.body())).isEqualTo(Shop.json("{'name':'my desk','removed':true}"));
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(shop.get("/v1/backends").path("backends")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://127.0.0.1",
        "X-Forwarded-For, 192.0.2.7",
        "Forwarded, for=192.0.2.7",
        "Via, 1.1 proxy",
        "X-Real-IP, 192.0.2.7"
    })
    void pagesAndOtherMachinesMayNotChangeBackends(String header, String value) {
        shop.operator.has("desk");

        HttpResponse<String> added = shop.send("POST", "/v1/backends", "{'url':'http://127.0.0.1:9'}", header, value);
        HttpResponse<String> removed = shop.send("DELETE", "/v1/backends/desk", "", header, value);

        assertThat(added.statusCode()).isEqualTo(403);
        assertThat(added.body()).contains("llmnet backends");
        assertThat(removed.statusCode()).isEqualTo(403);
        assertThat(shop.operator.done).isEmpty();
        assertThat(shop.send("GET", "/v1/backends", "", header, value).statusCode())
                .isEqualTo(200);
    }

    /** A page whose own name leads to this machine is of the same origin as we are: only the name tells it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.example",
                "page.example:8080",
                "192.0.2.7",
                "127.0.0.1.page.example",
                "localhost.page.example"
            })
    void whoAsksForAnotherNameMayNotChangeBackends(String host) throws IOException {
        shop.operator.has("desk");

        assertThat(shop.statusFor(host, "DELETE /v1/backends/desk")).isEqualTo(403);
        assertThat(shop.statusFor(host, "GET /v1/backends/desk")).isEqualTo(200);
        assertThat(shop.operator.done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:8080", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::1]:8080"})
    void whoAsksForThisMachineMay(String host) throws IOException {
        shop.operator.has("desk");

        assertThat(shop.statusFor(host, "DELETE /v1/backends/desk")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    void thisMachineIsHere(String address) {
        assertThat(LocalOnly.isHere(SocketAddress.inetSocketAddress(1, address)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "10.0.0.1", "0.0.0.0", "2001:db8::1"})
    void otherMachinesAreNot(String address) {
        assertThat(LocalOnly.isHere(SocketAddress.inetSocketAddress(1, address)))
                .isFalse();
    }
}

package io.llmnet.http.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.ensemble.Decision.Vote.End;
import io.llmnet.ensemble.Strategy;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Details;
import io.llmnet.fault.Fault;
import io.llmnet.pool.Pools;
import io.llmnet.pool.ScriptedCouncils;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.PoolSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolDoorTest {
    private static final String ASK = "{'task':'rerank','prompt':'which?'}";

    private final Desk desk = new Desk();

    @AfterEach
    void end() {
        desk.close();
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void answersAsLlmPoolDoesAndTellsMore() {
        desk.house.councils.script = asked ->
                asked.answer("ja, schön", 1, 2 / 3.0, List.of(End.FAILED, End.ANSWERED, End.UNASKED), Map.of());

        HttpResponse<String> answer =
                desk.infer("{'request_id':'r 1','tenant_id':'t','project_id':'p','task':'rerank','prompt':'which?',"
                        + "'max_tokens':64,'deadline_ms':900,'strategy':'voting','unknown':[1]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.headers().firstValue("x-llmnet-cache")).contains("miss");
        assertThat(answer.headers().firstValue("x-llmnet-strategy")).contains("voting");
        assertThat(answer.headers().firstValue("x-llmnet-agreement-score")).contains("0.67");
        JsonNode told = Desk.json(answer);
        List<String> keys = new ArrayList<>();
        told.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .containsExactly(
                        "request_id",
                        "content",
                        "winner_model",
                        "duration_ms",
                        "from_cache",
                        "strategy_used",
                        "models_queried",
                        "model_scores",
                        "reason",
                        "agreement");
        assertThat(told.path("request_id").asText()).isEqualTo("r 1");
        assertThat(told.path("content").asText()).isEqualTo("ja, schön");
        assertThat(told.path("winner_model").asText()).isEqualTo("b");
        assertThat(told.path("duration_ms").isIntegralNumber()).isTrue();
        assertThat(told.path("from_cache").isBoolean()).isTrue();
        assertThat(told.path("strategy_used").asText()).isEqualTo("VOTING");
        assertThat(told.path("models_queried")).isEqualTo(Desk.json("['a','b']"));
        assertThat(told.path("model_scores")).isEqualTo(Desk.json("[0.25,1.0]"));
        assertThat(desk.house.councils.last().body()).contains("\"max_tokens\":64", "which?");
    }

    @Test
    void whatComesFromTheCacheIsLlmPoolsAnswerAndNoMore() {
        desk.infer(ASK);

        JsonNode told = Desk.json(desk.infer(ASK));

        assertThat(told.path("from_cache").asBoolean()).isTrue();
        assertThat(told.path("strategy_used").asText()).isEqualTo("CACHE");
        assertThat(told.has("models_queried")).isFalse();
        assertThat(told.has("agreement")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {'task':'rerank','prompt':'x','deadline_ms':2000}   | 400 | Invalid query: Deadline 2000ms exceeds max 1500ms
            {'task':'rerank','prompt':'x','deadline_ms':-1}     | 400 | Invalid query: Deadline -1ms is negative
            {'task':'rerank','prompt':'x','max_tokens':0}       | 400 | Invalid query: max_tokens must be positive
            {'task':'dance','prompt':'x'}                       | 400 | Ensemble error: No providers available for task: dance
            {'task':'rerank','prompt':'x','strategy':'DUEL'}    | 400 | Invalid query: Unknown strategy `DUEL`; use one of FASTEST, VOTING, WEIGHTED, CONSENSUS, JUDGE, MERGE, CASCADE
            {'task':'rerank','prompt':'x','profile':'CHEAP'}    | 400 | Invalid query: Unknown profile `CHEAP`; use one of FAST_LOW, JUDGE_MID, QUALITY_HIGH, COST_SAVER, ROBUST
            {'task':'rerank','prompt':                          | 400 | the request's body is not valid JSON
            []                                                  | 400 | the request's body is not a JSON object
            {'prompt':'x'}                                      | 422 | missing field `task`
            {'task':'rerank'}                                   | 422 | missing field `prompt`
            {'task':'rerank','prompt':null}                     | 422 | missing field `prompt`
            {'task':7,'prompt':'x'}                             | 422 | `task` must be a text
            {'task':'rerank','prompt':'x','max_tokens':1.5}     | 422 | `max_tokens` must be a whole number of at most 2147483647
            {'task':'rerank','prompt':'x','deadline_ms':'1'}    | 422 | `deadline_ms` must be a whole number of at most 2147483647
            {'task':'rerank','prompt':'x','deadline_ms':3e9}    | 422 | `deadline_ms` must be a whole number of at most 2147483647
            {'task':'rerank','prompt':'x','meta':'no-store'}    | 422 | `meta` must be an object
            """)
    void tellsWhatIsWrongInPlainText(String body, int status, String message) {
        HttpResponse<String> answer = desk.infer(body);

        assertThat(answer.body()).isEqualTo(message);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(desk.house.councils.asked).isEmpty();
    }

    @Test
    void refusesAPromptThatIsTooLong() {
        HttpResponse<String> answer = desk.infer("{'task':'rerank','prompt':'" + "x".repeat(16385) + "'}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("Invalid query: Prompt size 16385 exceeds max 16384 bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_BACKEND   | a is down         | 503 | Ensemble error: All providers failed
            TIMED_OUT    | it took too long  | 504 | Deadline exceeded: 1500ms
            NO_AGREEMENT | 0.33 of 0.7 agree | 422 | 0.33 of 0.7 agree
            """)
    void failsWithTheStatusOfTheFailure(Fault fault, String message, int status, String told) {
        desk.house.councils.script = asked -> asked.fail(fault, message);

        HttpResponse<String> answer = desk.infer(ASK);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(told);
    }

    @Test
    void whoAcceptsJsonGetsErrorsInIt() {
        desk.house.councils.script = asked -> asked.answer()
                .completeExceptionally(new ChatException(Fault.NO_AGREEMENT, "0.33 agree")
                        .with(new Details(Map.of("x-llmnet-agreement-score", "0.33"), Map.of("agreement", 0.33))));

        HttpResponse<String> answer = desk.infer(ASK, "accept", "text/html, application/json");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("x-llmnet-agreement-score")).contains("0.33");
        JsonNode error = Desk.json(answer).path("error");
        assertThat(error.path("code").asText()).isEqualTo("no_agreement");
        assertThat(error.path("message").asText()).isEqualTo("0.33 agree");
        assertThat(error.path("context").path("agreement").asDouble()).isEqualTo(0.33);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"})
    void takesJsonOnly(String type) {
        HttpResponse<String> answer =
                desk.send("POST", "/v1/infer", ASK, "content-type", type).join();

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).isEqualTo("Expected request with `Content-Type: application/json`");
        assertThat(desk.send("POST", "/v1/infer", ASK).join().statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json"})
    void takesAnyJson(String type) {
        assertThat(desk.send("POST", "/v1/infer", ASK, "content-type", type)
                        .join()
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(desk.infer("{'task':'rerank','prompt':'" + "x".repeat(30_000) + "'}")
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ,'meta':{'cache':'no-store'} | accept        | */*                | false
                                         | cache-control | max-age=0,No-Store | false
            ,'meta':{'cache':'any'}      | cache-control | no-cache           | false
            ,'meta':{'cache':'no-cache'} | accept        | */*                | false
            ,'meta':{'cache':'any'}      | cache-control | max-age=60         | true
            ,'meta':null                 | accept        | */*                | true
            """)
    void aRequestMaySayWhatItWantsOfTheCache(String meta, String header, String value, boolean isKept) {
        String body = "{'task':'rerank','prompt':'which?'" + (meta == null ? "" : meta) + "}";
        desk.infer(body, header, value);

        JsonNode again = Desk.json(desk.infer(body, header, value));

        assertThat(again.path("from_cache").asBoolean()).isEqualTo(isKept);
    }

    @Test
    void whoShowsAnotherKeyIsSomebodyElse() {
        desk.infer(ASK, "authorization", "Bearer one");

        assertThat(Desk.json(desk.infer(ASK, "authorization", "Bearer two"))
                        .path("from_cache")
                        .asBoolean())
                .isFalse();
        assertThat(Desk.json(desk.infer(ASK, "authorization", "Bearer one"))
                        .path("from_cache")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void emptyNamesAreNone() {
        desk.infer("{'task':'rerank','prompt':'x','strategy':'','profile':' ','tenant_id':''}");

        assertThat(desk.house.councils.last().council().strategy()).isEqualTo(Strategy.VOTING);
        assertThat(desk.house.councils.last().call().header().apply("x-tenant-id"))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                               | x-tenant-id | one | one
            ,'tenant_id':'two' | x-tenant-id | one | two
                               | accept      | */* |
            """)
    void theTenantIsInTheBodyElseInTheHeader(
            @Nullable String field, String header, String value, @Nullable String tenant) {
        desk.infer("{'task':'rerank','prompt':'x'" + (field == null ? "" : field) + "}", header, value);

        assertThat(desk.house.councils.last().call().header().apply("x-tenant-id"))
                .isEqualTo(tenant);
    }

    @Test
    void aProfileChoosesForTheRequest() {
        desk.infer("{'task':'rerank','prompt':'x','profile':'fast-low'}");

        assertThat(desk.house.councils.last().council().strategy()).isEqualTo(Strategy.FASTEST);
        assertThat(desk.house.councils.last().body()).contains("\"max_tokens\":128");
    }

    @Test
    void isLateSoonAfterItsDeadlineThoughNobodyAnswers() {
        desk.house.councils.script = asked -> {};

        HttpResponse<String> answer = desk.infer("{'task':'rerank','prompt':'x','deadline_ms':80}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).isEqualTo("Deadline exceeded: 80ms");
        eventually(() -> desk.house.councils.last().call().cancel().isCancelled());
    }

    @Test
    void whoLeavesIsNotWorkedForAnyMore() throws Exception {
        desk.house.councils.script = ScriptedCouncils.Asked::hang;
        byte[] body = ASK.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.door.port())) {
            socket.getOutputStream()
                    .write(("POST /v1/infer HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            eventually(() -> !desk.house.councils.asked.isEmpty());
        }

        eventually(() -> desk.house.councils.last().call().cancel().isCancelled());
    }

    @Test
    void worksOnSoManyAtOnceAndNoMore() {
        desk.house.councils.script = asked -> {};
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(desk.sending("{'task':'rerank','prompt':'" + i + "'}"));
        }
        eventually(() -> desk.house.councils.asked.size() == 3);

        HttpResponse<String> refused = desk.infer(ASK);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        desk.house.councils.asked.forEach(asked -> desk.vertx.runOnContext(home -> asked.answer("now")));
        waiting.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        desk.house.councils.script = asked -> asked.answer("yes");
        eventually(() -> desk.infer(ASK).statusCode() == 200);
    }

    @Test
    void aBodyThatDoesNotComeTakesNobodysPlace() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), desk.door.port());
            socket.getOutputStream()
                    .write(
                            "POST /v1/infer HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
            silent.add(socket);
        }

        assertThat(desk.infer(ASK).statusCode()).isEqualTo(200);

        for (Socket socket : silent) {
            socket.close();
        }
    }

    @Test
    void tellsHowTheMembersAre() {
        HttpResponse<String> well = desk.send("GET", "/health", "").join();
        desk.house.settings = Pools.with(
                Pools.pool(new PoolSettings.Task(
                        Pools.council("x", Strategy.FASTEST, "ill", "a"), true, null, null, null, null)),
                CacheSettings.USUAL);

        HttpResponse<String> ill = desk.send("GET", "/health", "").join();

        assertThat(well.statusCode()).isEqualTo(200);
        assertThat(Desk.json(well))
                .isEqualTo(Desk.json("{'healthy':true,'providers':{'seat-a':'healthy','seat-b':'healthy',"
                        + "'seat-c':'healthy'},'version':'1.2.3'}"));
        assertThat(ill.statusCode()).isEqualTo(200);
        assertThat(Desk.json(ill))
                .isEqualTo(Desk.json("{'healthy':false,'providers':{'seat-ill':'unhealthy','seat-a':'healthy'},"
                        + "'version':'1.2.3'}"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/infer, 405",
        "POST, /health, 405",
        "POST, /infer, 404",
        "GET, /, 404",
        "POST, /v1/chat/completions, 404",
    })
    void thereIsNothingElse(String method, String path, int status) {
        assertThat(desk.send(method, path, "").join().statusCode()).isEqualTo(status);
    }

    @Test
    void cannotListenWhereAnotherDoes() {
        PoolSettings.Door taken = new PoolSettings.Door("127.0.0.1", desk.door.port());

        assertThatThrownBy(() -> PoolDoor.open(desk.vertx, desk.house.pool, Desk.LIMITS, taken)
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(BindException.class);
    }

    @Test
    void closesWhenAllAreAnswered() {
        desk.house.councils.script = asked -> {};
        CompletableFuture<HttpResponse<String>> waiting = desk.sending(ASK);
        eventually(() -> !desk.house.councils.asked.isEmpty());

        CompletableFuture<Void> closed = desk.door.close(Duration.ofSeconds(20)).toCompletableFuture();
        assertThat(desk.infer(ASK).statusCode()).isEqualTo(503);
        assertThat(desk.house.councils.asked).hasSize(1);
        desk.vertx.runOnContext(home -> desk.house.councils.last().answer("the last"));

        assertThat(Desk.json(waiting.join()).path("content").asText()).isEqualTo("the last");
        closed.join();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), desk.door.port()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void closesWithoutThoseWhoDoNotEnd() {
        desk.house.councils.script = asked -> {};
        CompletableFuture<HttpResponse<String>> waiting = desk.sending(ASK);
        eventually(() -> !desk.house.councils.asked.isEmpty());

        desk.door.close(Duration.ofMillis(30)).toCompletableFuture().join();

        assertThat(waiting.exceptionally(cut -> null).join()).isNull();
    }
}

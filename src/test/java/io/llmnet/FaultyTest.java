package io.llmnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.Crowd.Habits;
import io.llmnet.Crowd.Tally;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers and the callers that the chaos is made of do what they say. */
class FaultyTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long SEED = 7;

    private final Faulty faulty = Faulty.start(VERTX, "m", "n");

    @AfterEach
    void stop() {
        faulty.close();
    }

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> ask(boolean stream, String messages) throws IOException, InterruptedException {
        return CLIENT.send(request("/v1/chat/completions", body(stream, messages)), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(faulty.url().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
    }

    private static String body(boolean stream, String messages) {
        return "{'model':'m','stream':" + stream + ",'messages':[" + messages + "]}";
    }

    private static String user(String says) {
        return "{'role':'user','content':'" + says + "'}";
    }

    private static String content(HttpResponse<String> response) throws IOException {
        return json(response).at("/choices/0/message/content").asText();
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private Tally crowd(int calls, double leavers) {
        return Crowd.call(
                VERTX,
                faulty.url(),
                new Habits("m", calls, 20, 20, 1, 0.5, 0.2, leavers, Duration.ofSeconds(20), SEED));
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    @Test
    void itSaysNumberedWordsAndGoesOnWhereAnAnswerWasBegun() throws Exception {
        assertThat(content(ask(false, user("say 5")))).isEqualTo("w1 w2 w3 w4 w5");
        assertThat(content(ask(false, user("say 5") + ",{'role':'assistant','content':'w1 w2 w3 '}")))
                .isEqualTo("w4 w5");
    }

    @Test
    void itListsItsModelsAndGivesVectors() throws Exception {
        HttpRequest models =
                HttpRequest.newBuilder(faulty.url().resolve("/v1/models")).build();
        assertThat(json(CLIENT.send(models, BodyHandlers.ofString())).findValuesAsText("id"))
                .containsExactly("m", "n");

        HttpResponse<String> vectors =
                CLIENT.send(request("/v1/embeddings", "{'input':['a','bcd']}"), BodyHandlers.ofString());
        assertThat(json(vectors).at("/data/1/embedding")).hasToString("[3.0,1.0]");
        assertThat(faulty.requests()).isOne();
    }

    @Test
    void aCrowdThatIsServedWellHasNothingToSay() {
        Tally tally = crowd(200, 0.2);

        assertThat(tally.failures()).isEmpty();
        assertThat(tally.uncounted()).isZero();
        assertThat(tally.left()).isPositive();
        assertThat(tally.ok() + tally.left()).isEqualTo(200);
        assertThat(faulty.requests()).isEqualTo(200);
        eventually(() -> faulty.connections() == 0);
        assertThat(faulty.aborted()).isBetween(1, tally.left()); // what is sent by the time it is left, was answered
    }

    @Test
    void whatIsSlowOrInPiecesIsWhole() {
        for (FaultMode mode : List.of(FaultMode.slow(20), FaultMode.SPLIT_UTF8)) {
            faulty.mode(mode);

            assertThat(crowd(40, 0).failures()).as("%s", mode).isEmpty();
        }
        faulty.mode(FaultMode.drip(1));
        assertThat(Crowd.call(VERTX, faulty.url(), new Habits("m", 2, 2, 1, 0, 0.5, 0, 0, Duration.ofSeconds(20), SEED))
                        .failures())
                .isEmpty();
    }

    @Test
    void everyOtherFaultIsSeenByTheCrowd() {
        for (FaultMode mode : List.of(
                FaultMode.REFUSE,
                FaultMode.GARBAGE,
                FaultMode.NO_JSON,
                FaultMode.WRONG_TYPE,
                FaultMode.EMPTY_STREAM,
                FaultMode.status(429),
                FaultMode.status(500),
                FaultMode.status(503),
                FaultMode.cutAfter(-1),
                FaultMode.cutAfter(0),
                FaultMode.cutAfter(300),
                FaultMode.errorAfter(0),
                FaultMode.errorAfter(1))) {
            faulty.mode(mode);

            Tally tally = crowd(20, 0);

            assertThat(tally.failures()).as("%s", mode).hasSize(20);
        }
        faulty.mode(FaultMode.OK);
        assertThat(crowd(20, 0).failures()).isEmpty();
    }

    @Test
    void aHungRequestIsAnsweredByNobodyAndCountedWhenItIsGivenUp() {
        faulty.mode(FaultMode.HANG);

        CompletableFuture<HttpResponse<String>> asked =
                CLIENT.sendAsync(request("/v1/chat/completions", body(true, user("say 2"))), BodyHandlers.ofString());
        eventually(() -> faulty.requests() == 1);
        asked.cancel(true);

        eventually(() -> faulty.aborted() == 1 && faulty.connections() == 0);
    }

    @Test
    void aServerThatRefusesComesBackOnItsPort() throws Exception {
        URI url = faulty.url();
        try (Socket connected = new Socket(url.getHost(), url.getPort())) {
            eventually(() -> faulty.connections() == 1);

            faulty.mode(FaultMode.REFUSE);

            assertThat(connected.getInputStream().read()).isEqualTo(-1);
            assertThatThrownBy(() -> new Socket(url.getHost(), url.getPort()).close())
                    .isInstanceOf(ConnectException.class);
        }
        faulty.mode(FaultMode.OK);
        assertThat(faulty.url()).isEqualTo(url);
        assertThat(content(ask(false, user("say 1")))).isEqualTo("w1");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whoIsBusySaysWhenToComeBack(int status) throws Exception {
        faulty.mode(FaultMode.status(status));

        assertThat(ask(true, user("say 1")).headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void faultsOfChatsLeaveTheListOfModelsAlone() throws Exception {
        faulty.mode(FaultMode.status(500));

        HttpRequest models =
                HttpRequest.newBuilder(faulty.url().resolve("/v1/models")).build();
        assertThat(CLIENT.send(models, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestInChunksIsUnderstood() throws Exception {
        try (Socket socket = new Socket(faulty.url().getHost(), faulty.url().getPort())) {
            String text = body(false, user("say 2")).replace('\'', '"');
            socket.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + Integer.toHexString(text.length()) + "\r\n" + text + "\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readNBytes(300), StandardCharsets.UTF_8))
                    .contains("w1 w2");
        }
    }

    @Test
    void manyAreCheap() {
        List<Faulty> many =
                IntStream.range(0, 300).mapToObj(i -> Faulty.start(VERTX, "m")).toList();

        many.forEach(each -> each.mode(FaultMode.REFUSE));

        assertThat(many.stream().map(Faulty::url).distinct()).hasSize(300);
        many.forEach(Faulty::close);
    }
}

package io.llmnet.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP functions against a real server. */
class RestFunctionsTest {
    private final Caller caller = new Caller();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private HttpServer server;

    private record Asked(HttpServerRequest request, String body, CountDownLatch left) {}

    @BeforeEach
    void serve() {
        server = caller.vertx
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    CountDownLatch left = new CountDownLatch(1);
                    request.connection().closeHandler(closed -> left.countDown());
                    asked.add(new Asked(request, body.toString(), left));
                    answer(request);
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        caller.close();
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/hang" -> request.response().setChunked(true).write("[");
            case "/big" -> request.response().end(Buffer.buffer(new byte[Output.MOST_BYTES + 1]));
            case "/moved" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/json")
                        .end();
            case "/500" -> request.response().setStatusCode(500).end("the prompt was bad");
            case "/say" -> request.response().end(request.getParam("body"));
            default -> request.response().end("{\"result\": 8}");
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    private Asked taken() throws InterruptedException {
        Asked one = asked.poll(10, TimeUnit.SECONDS);
        assertThat(one).isNotNull();
        return one;
    }

    @Test
    void aBodyIsJsonInWhichVariablesAreEscaped() throws Exception {
        caller.with("INPUT", "say \"hi\"\n$OUTPUT").with("OUTPUT", "{\"result\": 8}");

        Optional<String> output = caller.call("{type: rest, method: post, url: '" + url("/json")
                + "', body: {expression: $INPUT, result: $OUTPUT, list: [1, true, null, '${INPUT}!']}}");

        Asked sent = taken();
        assertThat(output).contains("{\"result\":8}");
        assertThat(sent.request().method().name()).isEqualTo("POST");
        assertThat(sent.request().getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(sent.body())
                .isEqualTo("{\"expression\":\"say \\\"hi\\\"\\u000a$OUTPUT\",\"result\":\"{\\\"result\\\": 8}\","
                        + "\"list\":[1,true,null,\"say \\\"hi\\\"\\u000a$OUTPUT!\"]}");
    }

    @Test
    void aValueStaysInItsPlaceInTheAddressAndInAHeader() throws Exception {
        caller.with("INPUT", "a/b?c=d&e\r\nX-Evil: 1");

        caller.call("{type: rest, url: '" + url("/json?q=$INPUT") + "', headers: {X-Input: 'it is $INPUT'}}");

        Asked sent = taken();
        assertThat(sent.request().getParam("q")).isEqualTo("a/b?c=d&e\r\nX-Evil: 1");
        assertThat(sent.request().getHeader("X-Input")).isEqualTo("it is a/b?c=d&e X-Evil: 1");
        assertThat(sent.request().headers().contains("X-Evil")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"`\"text\"`,text", "8,8", "`[1, 2]`,`[1,2]`", "true,true"})
    void jsonBecomesTextAndAStringWhatItSays(String body, String output) {
        caller.with("INPUT", body);

        assertThat(caller.call("{type: rest, url: '" + url("/say?body=$INPUT") + "'}"))
                .contains(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "plain text", "{half"})
    void whatIsNoJsonIsNoOutput(String body) {
        caller.with("INPUT", body);

        assertThat(caller.call("{type: rest, url: '" + url("/say?body=$INPUT") + "'}"))
                .isEmpty();
    }

    @Test
    void anErrorTellsItsStatusAndNothingElse() {
        assertThat(caller.failure("{type: rest, url: '" + url("/500") + "'}"))
                .isEqualTo("REST request failed: HTTP 500");
    }

    @Test
    void redirectsAreNotFollowed() {
        assertThat(caller.failure("{type: rest, url: '" + url("/moved") + "'}"))
                .isEqualTo("REST request failed: HTTP 302");
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        assertThat(caller.failure("{type: rest, url: '" + url("/big") + "'}"))
                .isEqualTo("REST request failed: it brought more than 1 MB");
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().join();

        assertThat(caller.failure("{type: rest, url: 'http://127.0.0.1:" + port + "'}"))
                .isEqualTo("REST request failed: the server cannot be reached");
    }

    @Test
    void aServerThatHangsIsLeftInTime() throws Exception {
        String failure = caller.failure("{type: rest, timeout: 100ms, url: '" + url("/hang") + "'}");

        assertThat(failure).isEqualTo("it took longer than 100 ms");
        hasBeenLeft(taken());
    }

    @Test
    void aCallThatNobodyWantsIsCutOff() throws Exception {
        CompletionStage<Optional<String>> call =
                caller.begin(Caller.function("{type: rest, url: '" + url("/hang") + "'}"), true);
        Asked hanging = taken();

        caller.cancel.cancel();

        assertThat(Caller.failure(call)).isEqualTo("nobody wants it any more");
        hasBeenLeft(hanging);
    }

    /** Returns when the caller has closed the connection. */
    private static void hasBeenLeft(Asked hanging) throws InterruptedException {
        assertThat(hanging.left().await(10, TimeUnit.SECONDS)).isTrue();
    }
}

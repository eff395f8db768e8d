package io.llmnet.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSocket functions against a real server. */
class SocketFunctionsTest {
    private final Caller caller = new Caller();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
    private final CountDownLatch left = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() {
        server = caller.vertx
                .createHttpServer()
                .webSocketHandler(this::talk)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        caller.close();
    }

    @SuppressWarnings("deprecation") // its successor is another handler of the server
    private void talk(ServerWebSocket socket) {
        if (socket.path().equals("/no")) {
            socket.reject(403);
            return;
        }
        keys.add(String.valueOf(socket.headers().get("X-Key")));
        socket.closeHandler(closed -> left.countDown());
        socket.textMessageHandler(text -> {
            heard.add(text);
            switch (socket.path()) {
                case "/echo" -> socket.writeTextMessage(text);
                case "/close" -> socket.close();
                default -> {}
            }
        });
    }

    private String function(String path, String rest) {
        return "{type: websocket, url: 'ws://127.0.0.1:" + server.actualPort() + path + "'" + rest + "}";
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void theFirstAnswerIsTheOutput() throws Exception {
        caller.with("OUTPUT", "a \"b\"");

        assertThat(caller.call(function("/echo", ", headers: {X-Key: k}, message: {text: $OUTPUT}")))
                .contains("{\"text\":\"a \\\"b\\\"\"}");
        assertThat(next(keys)).isEqualTo("k");
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutAMessageTheNodeAndItsTextsAreTold() throws Exception {
        caller.with("NODE", "n").with("INPUT", "i").with("OUTPUT", "o").with("REQUEST_ID", "r");

        caller.call(function("/close", ""));

        assertThat(next(heard)).isEqualTo("{\"request_id\":\"r\",\"node\":\"n\",\"input\":\"i\",\"output\":\"o\"}");
    }

    @Test
    void aServerThatOnlyClosesBringsNothing() {
        assertThat(caller.call(function("/close", ""))).isEmpty();
    }

    @Test
    void nobodyWaitsForAnAnswerThatNobodyHears() throws Exception {
        assertThat(Caller.wait(caller.begin(Caller.function(function("/hang", ", message: hi")), false)))
                .isEmpty();
        assertThat(next(heard)).isEqualTo("\"hi\"");
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aServerThatHangsIsLeftInTime() throws Exception {
        assertThat(caller.failure(function("/hang", ", timeout: 100ms"))).isEqualTo("it took longer than 100 ms");
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRefusalIsTold() {
        assertThat(caller.failure(function("/no", ""))).isEqualTo("WebSocket call failed: HTTP 403");
    }
}

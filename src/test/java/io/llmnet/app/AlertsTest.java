package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.json;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts of the running server, out to WebSocket servers and to clients that come in. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class AlertsTest {
    private final Caller caller = Caller.ofServer();

    private static List<String> told(String id) {
        return Served.socket().told().stream().filter(text -> text.contains(id)).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAnswerSetsOffAlertsWithTheirOwnTexts(boolean stream) {
        String id = Caller.newId();
        String body = stream ? streamed("alerts", "is this loud") : question("alerts", "is this loud");

        HttpResponse<String> answer = caller.chat(body, "x-request-id", id);

        assertThat(answer.statusCode()).isEqualTo(200);
        Eventually.holds("two alerts are told", () -> told(id).size() == 2);
        assertThat(told(id)).contains("every " + id);
        JsonNode loud = json(told(id).stream()
                .filter(text -> text.startsWith("{"))
                .findFirst()
                .orElseThrow());
        String words = stream ? said(answer.body()) : content(answer);
        assertThat(loud.path("said").asText()).isEqualTo("So \"" + words + "\"");
        assertThat(loud.path("by").asText()).isEqualTo("chat");
        assertThat(loud.path("id").asText()).isEqualTo(id);
    }

    @Test
    void anAlertWhoseConditionFailsIsNotTold() {
        String id = Caller.newId();

        caller.chat(question("alerts", "quiet"), "x-request-id", id);

        Eventually.holds("the other is told", () -> !told(id).isEmpty());
        assertThat(told(id)).containsExactly("every " + id);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAnswerIsTheSameWhereNobodyHearsTheAlert(boolean stream) {
        String with = stream ? streamed("alerts-down", "hello") : question("alerts-down", "hello");

        HttpResponse<String> answer = caller.chat(with);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(stream ? said(answer.body()) : content(answer)).isEqualTo("ok heard hello");
        Eventually.holds(
                "it waits",
                () -> caller.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line ->
                                line.startsWith("llmnet_alerts_buffered{alert=\"every\",pipeline=\"alerts-down\"")
                                        && !line.endsWith(" 0.0")));
    }

    private WebSocket listen(String path, List<String> heard, String... origin) {
        WebSocket.Builder socket = HttpClient.newHttpClient().newWebSocketBuilder();
        if (origin.length > 0) {
            socket.header("Origin", origin[0]);
        }
        URI root = caller.root();
        return socket.buildAsync(
                        URI.create("ws://" + root.getHost() + ":" + root.getPort() + path), new WebSocket.Listener() {
                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket from, CharSequence text, boolean last) {
                                heard.add(text.toString());
                                from.request(1);
                                return null;
                            }
                        })
                .join();
    }

    @Test
    void clientsHearTheAlertsOfAPipeline() {
        List<String> heard = new CopyOnWriteArrayList<>();
        List<String> onlyLong = new CopyOnWriteArrayList<>();
        WebSocket all = listen("/ws/alerts/alerts-inbound", heard);
        WebSocket some = listen("/ws/alerts/alerts-inbound?alert=long", onlyLong);

        caller.chat(streamed("alerts-inbound", "hello"));
        caller.chat(question("alerts-inbound", "again"));

        Eventually.holds("both are heard", () -> heard.size() == 2);
        assertThat(heard).containsExactly("ok heard hello", "ok heard again");
        assertThat(onlyLong).isEmpty();
        all.abort();
        some.abort();
    }

    @ParameterizedTest
    @CsvSource({
        "/ws/alerts/nobody, http://here, 404",
        "/ws/alerts/alerts, http://here, 404",
        "/ws/alerts/alerts-inbound?alert=none, http://here, 404",
        "/ws/alerts/alerts-inbound, http://elsewhere.example, 403"
    })
    void whoMayNotListenIsRefusedBeforeTheUpgrade(String path, String origin, int status) {
        int refused;
        try {
            listen(path, new CopyOnWriteArrayList<>(), origin).abort();
            refused = 101;
        } catch (CompletionException failed) {
            refused = failed.getCause() instanceof WebSocketHandshakeException answered
                    ? answered.getResponse().statusCode()
                    : 0;
        }

        assertThat(refused).isEqualTo(status);
        assertThat(caller.get("/ws/alerts/alerts-inbound").statusCode()).isEqualTo(400);
    }
}

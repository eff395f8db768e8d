package io.llmnet.app;

import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.llmnet.FakeCollector.Span;
import io.llmnet.FakeVisit;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Requests as spans, as a collector gets them. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class SpansTest {
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";
    private static final long SERVER = 2;
    private static final long CLIENT = 3;
    private static final long ERROR = 2;

    private final Caller caller = Caller.ofServer();
    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String id = Caller.newId();

    private String[] headers() {
        return new String[] {"traceparent", "00-" + trace + "-" + CALLERS_SPAN + "-01", "x-request-id", id};
    }

    private List<Span> spans(int count) {
        Eventually.holds(
                count + " spans are told", () -> Served.collector().spans(trace).size() == count);
        return Served.collector().spans(trace);
    }

    private static Span server(List<Span> spans) {
        return spans.stream().filter(span -> span.kind() == SERVER).findFirst().orElseThrow();
    }

    private static List<Span> questions(List<Span> spans) {
        return spans.stream().filter(span -> span.kind() == CLIENT).toList();
    }

    @Test
    void everyQuestionOfAFanOutIsAChildOfTheRequest() {
        caller.chat(
                streamed("panel", "hello").replace("'stream':true", "'stream':true,'temperature':0.5,'max_tokens':7"),
                headers());

        List<Span> spans = spans(5);
        Span request = server(spans);
        assertThat(request.name()).isEqualTo("POST /v1/chat/completions");
        assertThat(request.parent()).isEqualTo(CALLERS_SPAN);
        assertThat(request.status()).isZero();
        assertThat(request.attributes())
                .contains(
                        entry("http.request.method", "POST"),
                        entry("http.response.status_code", 200L),
                        entry("llmnet.request", id),
                        entry("llmnet.pipeline", "panel"));
        assertThat(questions(spans))
                .allMatch(span -> span.parent().equals(request.id()))
                .extracting(Span::name)
                .containsExactlyInAnyOrder("chat say:one", "chat say:two", "chat say:three", "chat ok");
        assertThat(spans.get(4)).as("the request ends last").isEqualTo(request);

        Span refiner = questions(spans).stream()
                .filter(span -> span.name().equals("chat ok"))
                .findFirst()
                .orElseThrow();
        assertThat(refiner.attributes())
                .contains(
                        entry("gen_ai.operation.name", "chat"),
                        entry("gen_ai.provider.name", "openai"),
                        entry("gen_ai.request.model", "ok"),
                        entry("gen_ai.response.model", "ok"),
                        entry("gen_ai.request.temperature", 0.5),
                        entry("gen_ai.request.max_tokens", 7L),
                        entry("server.address", "127.0.0.1"),
                        entry("server.port", (long) Served.backend().url().getPort()),
                        entry("llmnet.node", "refiner"))
                .containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.response.id");
        assertThat(request.attributes().get("gen_ai.usage.output_tokens"))
                .isEqualTo(questions(spans).stream()
                        .mapToLong(span -> (Long) span.attributes().get("gen_ai.usage.output_tokens"))
                        .sum());
    }

    @Test
    void modelServersAreToldWhoseChildrenTheirSpansAre() {
        caller.chat(question("layers", "hello"), headers());

        assertThat(Served.backend().visits(id).stream().map(visit -> visit.header("traceparent")))
                .containsExactlyElementsOf(questions(spans(3)).stream()
                        .map(span -> "00-" + trace + "-" + span.id() + "-01")
                        .collect(Collectors.toList()));
    }

    @Test
    void choicesAreEventsOfTheRequest() {
        caller.chat(question("intent", "hello"), headers());

        List<Span> spans = spans(3);
        assertThat(server(spans).events())
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .contains(
                                entry("name", "llmnet.choice"),
                                entry("llmnet.node", "router"),
                                entry("llmnet.chosen", "coder"),
                                entry("llmnet.how", "model")));
        assertThat(questions(spans).get(0).attributes()).contains(entry("llmnet.purpose", "choose"));
    }

    @Test
    void whatIsSaidIsToldWhereThatIsAllowed() {
        caller.chat(question("ok", "hello"), headers());

        assertThat(questions(spans(2)).get(0).attributes())
                .contains(
                        entry(
                                "gen_ai.input.messages",
                                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hello\"}]}]"),
                        entry(
                                "gen_ai.output.messages",
                                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"ok heard hello\"}]}]"));
    }

    @Test
    void aFailingModelServerIsAnError() {
        caller.chat(question("status-500", "hello"), headers());

        List<Span> spans = spans(2);
        assertThat(questions(spans).get(0).status()).isEqualTo(ERROR);
        assertThat(questions(spans).get(0).attributes()).contains(entry("error.type", "500"));
        assertThat(server(spans).status()).isEqualTo(ERROR);
        assertThat(server(spans).attributes()).contains(entry("http.response.status_code", 500L));
    }

    @Test
    void aStreamThatBreaksIsAnErrorOfBoth() {
        caller.chat(streamed("cut-250", "hello"), headers());

        assertThat(spans(2)).allSatisfy(span -> {
            assertThat(span.status()).isEqualTo(ERROR);
            assertThat(span.attributes()).contains(entry("error.type", "stream_broken"));
        });
    }

    @Test
    void aCallerWhoLeavesIsNoErrorOfTheServer() throws IOException {
        String chat = streamed("hang-mid", "hello").replace('\'', '"');
        try (Socket socket = caller.begin("POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\ntraceparent: "
                + headers()[1] + "\r\nContent-Length: " + chat.length() + "\r\n\r\n" + chat)) {
            assertThat(socket.getInputStream().read()).isPositive();
        }

        assertThat(spans(2)).allSatisfy(span -> {
            assertThat(span.status()).isZero();
            assertThat(span.attributes()).contains(entry("error.type", "cancelled"));
        });
    }

    @Test
    void whoBringsNoTraceGetsOne() {
        caller.chat(question("ok", "hello"), "x-request-id", id);

        FakeVisit visit = Served.backend().visits(id).get(0);
        assertThat(visit.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }
}

package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.Crowd;
import io.llmnet.FaultMode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a request whose backend fails, and what is told where nobody is left. */
class FailoverIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUICK = """
            discovery: {sweep: 100ms, every: 200ms, timeout: 1s, failures: 1, recoveries: 1}
            routing: {strategy: priority-only, sticky: false}
            """;

    @TempDir
    private Path folder;

    private Neighbours neighbours = new Neighbours(Path.of(""), 0);

    @BeforeEach
    void begin() {
        neighbours.close();
        neighbours = new Neighbours(folder, 4);
    }

    @AfterEach
    void end() {
        neighbours.close();
    }

    private Serving serve(String more, String... listed) {
        neighbours.write(QUICK + more, listed);
        Serving serving = neighbours.serve();
        Serving.until(() -> Neighbours.up(serving) == listed.length);
        return serving;
    }

    private static String whole(String says) {
        return "{'model':'m','messages':[{'role':'user','content':'" + says + "'}]}";
    }

    private static String stream(String says) {
        return "{'model':'m','stream':true,'stream_options':{'include_usage':true},"
                + "'messages':[{'role':'user','content':'" + says + "'}]}";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private static List<String> events(HttpResponse<String> answer) {
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    @Test
    void whereAStreamBreaksAnotherGoesOnAsIfNothingHadHappened() {
        try (Serving serving = serve(
                "",
                neighbours.listed(0, "kind: llamacpp, priority: 1"),
                neighbours.listed(1, "kind: llamacpp, priority: 2"),
                neighbours.listed(2, "kind: llamacpp, priority: 3"))) {
            neighbours.get(0).mode(FaultMode.cutAfter(1000));
            neighbours.get(1).mode(FaultMode.errorAfter(4));

            List<String> events = events(serving.ask(stream("say 20")));

            StringBuilder said = new StringBuilder();
            Set<String> ids = new HashSet<>();
            List<String> finishes = new ArrayList<>();
            int usages = 0;
            for (String event : events.subList(0, events.size() - 1)) {
                JsonNode chunk = json(event);
                ids.add(chunk.path("id").asText() + chunk.path("created").asText());
                said.append(chunk.at("/choices/0/delta/content").asText(""));
                if (chunk.at("/choices/0/finish_reason").isTextual()) {
                    finishes.add(chunk.at("/choices/0/finish_reason").asText());
                }
                usages += chunk.path("usage").isObject() ? 1 : 0;
            }
            assertThat(said).hasToString("w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w20");
            assertThat(ids).hasSize(1);
            assertThat(finishes).containsExactly("stop");
            assertThat(usages).isOne();
            assertThat(events).endsWith("[DONE]");
            assertThat(neighbours.get(1).requests()).isOne();
            assertThat(neighbours.get(2).requests()).isOne();
        }
    }

    @Test
    void whereNobodyCanGoOnTheBreakIsToldAndNoEndIsMadeUp() {
        try (Serving serving = serve(
                "",
                neighbours.listed(0, "kind: generic, priority: 1"),
                neighbours.listed(1, "kind: generic, priority: 2"))) {
            neighbours.get(0).mode(FaultMode.cutAfter(1000));

            List<String> events = events(serving.ask(stream("say 20")));

            assertThat(json(events.get(events.size() - 1)).at("/error/code").asText())
                    .isEqualTo("stream_broken");
            assertThat(events).noneMatch(event -> event.contains("\"stop\"") || event.equals("[DONE]"));
            assertThat(neighbours.get(1).requests()).isZero();
        }
    }

    @Test
    void continuingCanBeSwitchedOff() {
        try (Serving serving = serve(
                "continue-broken-streams: false\n",
                neighbours.listed(0, "kind: llamacpp, priority: 1"),
                neighbours.listed(1, "kind: llamacpp, priority: 2"))) {
            neighbours.get(0).mode(FaultMode.cutAfter(1000));

            assertThat(serving.ask(stream("say 20")).body())
                    .contains("stream_broken")
                    .doesNotContain("[DONE]");
        }
    }

    @Test
    void oneTimeIsForAllAttempts() {
        try (Serving serving = serve(
                "",
                neighbours.listed(0, "kind: generic, priority: 1"),
                neighbours.listed(1, "kind: generic, priority: 2"))) {
            neighbours.all().forEach(backend -> backend.mode(FaultMode.slow(60_000)));
            long start = System.nanoTime();

            HttpResponse<String> answer = serving.ask(whole("say 1"), "x-request-timeout", "0.9");

            System.out.printf("both asked and given up after %d ms%n", (System.nanoTime() - start) / 1_000_000);
            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(neighbours.get(0).requests()).isOne();
            assertThat(neighbours.get(1).requests()).isOne();
            Serving.until(() -> neighbours.answering() == 0 && Neighbours.pending(serving) == 0);
        }
    }

    @Test
    void whoeverIsUnknownIsSoAtOnceAndWhoeverIsDownIsToldWhy() {
        try (Serving serving = serve(
                "",
                neighbours.listed(0, "kind: generic, models: [m]"),
                neighbours.listed(1, "kind: generic, models: [m]"))) {
            HttpResponse<String> unknown = serving.ask(whole("say 1").replace("'m'", "'n'"));
            neighbours.get(0).mode(FaultMode.REFUSE);
            neighbours.get(1).mode(FaultMode.REFUSE);
            Serving.until(() -> Neighbours.up(serving) == 0);
            HttpResponse<String> down = serving.ask(whole("say 1"));
            neighbours.get(1).mode(FaultMode.OK);
            Serving.until(() -> Neighbours.up(serving) == 1);
            HttpResponse<String> back = serving.ask(whole("say 1"));

            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(json(unknown.body()).at("/error/code").asText()).isEqualTo("model_not_found");
            assertThat(down.statusCode()).isEqualTo(503);
            JsonNode error = json(down.body());
            assertThat(error.at("/error/code").asText()).isEqualTo("no_backend");
            assertThat(error.at("/error/context")).isEqualTo(error.path("context"));
            assertThat(error.at("/context/rejections").findValuesAsText("agent_id"))
                    .containsExactlyInAnyOrder("b0", "b1");
            assertThat(error.at("/context/rejections/0/reason").asText()).isNotEmpty();
            assertThat(down.headers().map()).containsKeys("x-nexus-rejection-reasons", "x-nexus-rejection-details");
            assertThat(back.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFullQueueSaysWhenToComeAgain() {
        try (Serving serving =
                serve("queue: {size: 1, wait: 30s}\n", neighbours.listed(0, "kind: generic, max-concurrent: 1"))) {
            CompletableFuture<HttpResponse<String>> first = serving.askLater(whole("say 40 every 50"));
            neighbours.get(0).mode(FaultMode.slow(1000));
            Serving.until(() -> neighbours.get(0).requests() == 1);
            List<CompletableFuture<HttpResponse<String>>> more =
                    List.of(serving.askLater(whole("say 1")), serving.askLater(whole("say 1")));

            List<Integer> codes = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> one : more) {
                HttpResponse<String> answer = one.join();
                codes.add(answer.statusCode());
                if (answer.statusCode() == 503) {
                    assertThat(answer.headers().firstValue("retry-after")).isPresent();
                    assertThat(json(answer.body()).at("/error/code").asText()).isEqualTo("server_busy");
                }
            }
            assertThat(codes).containsExactlyInAnyOrder(200, 503);
            assertThat(first.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whereAllAreBusyTheirAdviceIsPassedOn() {
        try (Serving serving = serve(
                "retry: {attempts: 1}\n",
                neighbours.listed(0, "kind: generic"),
                neighbours.listed(1, "kind: generic"))) {
            neighbours.all().forEach(backend -> backend.mode(FaultMode.status(429)));

            HttpResponse<String> answer = serving.ask(whole("say 1"));

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
            assertThat(neighbours.get(0).requests() + neighbours.get(1).requests())
                    .isEqualTo(2);
        }
    }

    @Test
    void newSettingsUnderLoadLoseNothing() {
        String[] all = new String[4];
        for (int i = 0; i < all.length; i++) {
            // of two the kind is found out, and is to stay so
            all[i] = neighbours.listed(i, i < 2 ? "max-concurrent: 100" : "kind: llamacpp, max-concurrent: 100");
        }
        List<String> strategies = List.of("smart", "round-robin", "random", "least-busy", "latency");
        try (Serving serving = serve("", all)) {
            CompletableFuture<Crowd.Tally> crowd = Crowd.begin(
                    neighbours.vertx(),
                    serving.root(),
                    new Crowd.Habits("m", 3000, 100, 30, 5, 0.5, 0, 0.05, Duration.ofSeconds(60), 5));
            int changes = 0;
            while (!crowd.isDone()) {
                String strategy = QUICK.replace("priority-only", strategies.get(changes % strategies.size()));
                int count = changes % 2 == 0 ? 2 : 4;
                String[] some = new String[count];
                for (int i = 0; i < count; i++) {
                    some[i] = all[(i + changes / 2) % 4];
                }
                neighbours.write(strategy, some);
                // the next change only when all are known: of whom nobody knows, nobody can be asked
                Serving.until(() -> (Neighbours.told(serving).size() == count && Neighbours.up(serving) == count)
                        || crowd.isDone());
                changes++;
            }
            Crowd.Tally tally = crowd.join();

            System.out.printf("%d changes of the settings, %d answers%n", changes, tally.ok());
            assertThat(tally.failures()).isEmpty();
            assertThat(changes).isGreaterThan(2);
            Serving.until(() -> neighbours.answering() == 0 && Neighbours.pending(serving) == 0);
        }
    }
}

package io.llmnet.camel.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.FakeBackend;
import io.llmnet.FakeSocket;
import io.llmnet.NoBackends;
import io.llmnet.camel.Deployments;
import io.llmnet.camel.choice.Choice;
import io.llmnet.camel.choice.Chooser;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.camel.hook.HookComponent;
import io.llmnet.camel.llm.LlmComponent;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.function.Functions;
import io.llmnet.function.ShellPolicy;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.protocol.http.HttpWire;
import io.llmnet.protocol.openai.Head;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sets off alerts, in routes of a pipeline's own and in those that all share. */
@SuppressWarnings("NullAway.Init")
class AlertsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final FakeBackend backend = FakeBackend.start();
    private final FakeSocket server = FakeSocket.start();
    /** The thread on which a call is asked and its answer read, as the front does. */
    private final Executor home = home(vertx.getOrCreateContext());

    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private final HttpWire wire = new HttpWire(vertx);
    private final ExecutorService branches = Executors.newCachedThreadPool();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Functions functions = new Functions(vertx, ShellPolicy.USUAL);
    private Alerts alerts;
    private Deployments deployments;

    private void serve(int room, String... nodes) throws Exception {
        Dispatch dispatch = NoBackends.dispatch(wire);
        camel.addComponent(
                "llm",
                new LlmComponent(
                        dispatch,
                        NoBackends.gateway(dispatch),
                        NoBackends.assembly(),
                        name -> deployments.named(name),
                        () -> home));
        camel.addComponent("function", new HookComponent(functions));
        camel.getRegistry().bind("llmnetChooser", new Chooser(dispatch));
        camel.getRegistry().bind("llmnetQuestion", Choice.question());
        camel.getRegistry().bind("llmnetChosen", Choice.answer());
        camel.getRegistry().bind("llmnetFallback", Choice.fallback());
        camel.getRegistry().bind("llmnetBranches", ExecutorService.class, branches);
        CamelCli.allow(camel, false);
        camel.start();
        alerts = new Alerts(camel, vertx, registry, (pipeline, alert, text) -> heard.add(alert + ": " + text));
        deployments = new Deployments(camel, room, Watcher.NOBODY);
        List<Graph> graphs = List.of(graph(nodes));
        alerts.keep(graphs);
        deployments.begin(graphs);
    }

    private Graph graph(String... nodes) {
        StringBuilder yaml = new StringBuilder("models:\n");
        for (String model : List.of("ok", "say:two words", "say:one", "status:500", "count:5", "cut:250")) {
            yaml.append("  '%s': {url: '%s'}\n".formatted(model, backend.url()));
        }
        yaml.append("architecture:\n");
        for (String node : nodes) {
            yaml.append("- {")
                    .append(node.replace("URL", "url: '" + server.url() + "'"))
                    .append("}\n");
        }
        Reading reading = Compositions.read("p.yaml", yaml.toString(), name -> null);
        assertThat(reading.problems()).isEmpty();
        return reading.graph().orElseThrow();
    }

    @AfterEach
    void end() throws Exception {
        eventually(
                "nothing is left in the routes",
                () -> camel.getInflightRepository().size() == 0);
        deployments.close();
        alerts.close();
        camel.close();
        branches.shutdownNow();
        functions.close();
        wire.close();
        server.close();
        backend.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Executor home(Context context) {
        return task -> context.runOnContext(nothing -> task.run());
    }

    private String ask(String id, String question, boolean stream) {
        byte[] body = ("{\"model\":\"p\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                        + question + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Call call = new Call(
                id,
                Call.Dialect.CHAT,
                "p",
                Head.read(body, Call.Dialect.CHAT).modelAt(),
                stream,
                false,
                body,
                name -> null,
                Deadline.in(Duration.ofSeconds(20), System.nanoTime()),
                new Cancel(),
                new Tab(),
                home);
        return CompletableFuture.supplyAsync(
                        () -> Objects.requireNonNull(deployments.named("p")).ask(call), home)
                .thenCompose(answer -> answer)
                .thenComposeAsync(answer -> answer.body().whole(), home)
                .thenApply(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .join();
    }

    private List<JsonNode> told(int count) {
        eventually(count + " alerts are told", () -> server.told().size() >= count);
        List<JsonNode> told = new ArrayList<>();
        for (String text : server.told()) {
            try {
                told.add(JSON.readTree(text));
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
        return told;
    }

    private static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }

    private static String what(JsonNode told) {
        return told.path("node").asText() + " " + told.path("alert").asText() + ": "
                + told.path("input").asText() + " -> " + told.path("output").asText();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void eachNodeSetsOffTheAlertsThatItLeadsTo(int room) throws Exception {
        serve(
                room,
                "name: router, layer: 0, model: ok, output-to: [1, routed]",
                "name: draft, layer: 1, model: 'say:two words', output-to: [2, 7]",
                "name: finish, layer: 2, model: ok, output-to: [finished, answer]",
                "name: answer, adapter: output",
                "name: routed, adapter: ws, URL",
                "name: drafted, adapter: ws, layer: 7, URL, if: $WORD_COUNT == 2",
                "name: quiet, adapter: ws, layer: 7, URL, if: $WORD_COUNT > 2",
                "name: finished, adapter: ws, URL",
                "name: every, adapter: ws, URL");

        ask("r1", "Hello there!", false);

        assertThat(told(4).stream().map(AlertsTest::what))
                .containsExactlyInAnyOrder(
                        "router routed: Hello there! -> Hello there!",
                        "draft drafted: Hello there! -> two words",
                        "finish finished: two words -> ok heard two words",
                        "finish every: two words -> ok heard two words");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void aStreamSetsOffItsAlertsWithAllOfItsWords(int room) throws Exception {
        serve(room, "name: chat, layer: 0, model: 'count:5'", "name: bell, adapter: ws, URL");

        String stream = ask("r1", "Hi", true);

        assertThat(stream).contains("data: [DONE]");
        JsonNode told = told(1).get(0);
        assertThat(told.path("pipeline").asText()).isEqualTo("p");
        assertThat(told.path("request").asText()).isEqualTo("r1");
        assertThat(told.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(told.path("condition").isNull()).isTrue();
        assertThat(told.path("trace").toString()).isEqualTo("[\"chat\"]");
        assertThat(told.path("output").asText()).isEqualTo(words(stream)).isNotEmpty();
    }

    private static String words(String stream) {
        StringBuilder words = new StringBuilder();
        for (String line :
                stream.lines().filter(one -> one.startsWith("data: {")).toList()) {
            try {
                words.append(JSON.readTree(line.substring(6))
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText(""));
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }
        return words.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void theBranchesOfAFanOutSetOffTheirsAsAnyNode(int room) throws Exception {
        serve(
                room,
                "name: panel, layer: 0, model: ok, fan-out: all, output-to: [1, asked]",
                "name: one, layer: 1, model: 'say:one', output-to: [answer, branch]",
                "name: two, layer: 1, model: 'say:two words', output-to: [answer, branch]",
                "name: answer, adapter: output",
                "name: asked, adapter: ws, URL",
                "name: branch, adapter: ws, URL",
                "name: every, adapter: ws, URL");

        ask("r1", "Hi", false);

        assertThat(told(4).stream().map(AlertsTest::what))
                .containsExactlyInAnyOrder(
                        "panel asked: Hi -> Hi",
                        "one branch: Hi -> one",
                        "two branch: Hi -> two words",
                        "panel every: Hi -> [one]\none\n\n[two]\ntwo words");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void whatIsRefusedOrBreaksOffSetsOffNothing(int room) throws Exception {
        serve(
                room,
                "name: router, layer: 0, model: ok, output-to: [1]",
                "name: refused, layer: 1, model: 'status:500', if: $CURRENT_INPUT == refused, output-to: [answer]",
                "name: broken, layer: 1, model: 'cut:250', if: $CURRENT_INPUT == broken, output-to: [answer]",
                "name: good, layer: 1, model: ok, if: $CURRENT_INPUT == good, output-to: [answer]",
                "name: answer, adapter: output",
                "name: bell, adapter: ws, URL");

        ask("r1", "refused", false);
        try {
            ask("r2", "broken", true);
        } catch (CompletionException expected) {
            assertThat(expected).hasMessageContaining("stream");
        }
        ask("r3", "good", true);

        assertThat(told(1).stream().map(one -> one.path("request").asText())).containsExactly("r3");
    }

    @Test
    void tellsClientsThatHaveCome() throws Exception {
        serve(
                100,
                "name: chat, layer: 0, model: ok",
                "name: bell, adapter: ws, inbound: true, body: 'Said: $CURRENT_INPUT'");

        ask("r1", "Hi", false);

        eventually("it is heard", () -> heard.equals(List.of("bell: Said: ok heard Hi")));
        assertThat(server.handshakes()).isEmpty();
    }

    @Test
    void anAlertIsARoute() throws Exception {
        serve(100, "name: chat, layer: 0, model: ok", "name: bell, adapter: ws, URL");

        assertThat(camel.getRoute("p/bell").getServices()).isNotEmpty();
        assertThat(camel.getRoute("p/bell").getEndpoint().getEndpointUri()).isEqualTo("alert://p/bell");
        assertThat(camel.getEndpoints().stream().map(one -> one.getEndpointUri()))
                .anyMatch(uri -> uri.startsWith("vertx-websocket:ws://localhost:"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void anotherVersionTellsItsOwnServer(int room) throws Exception {
        serve(room, "name: chat, layer: 0, model: ok", "name: bell, adapter: ws, URL");
        ask("r1", "Hi", false);
        told(1);
        try (FakeSocket other = FakeSocket.start()) {
            List<Graph> next = List.of(
                    graph("name: chat, layer: 0, model: ok", "name: bell, adapter: ws, url: '" + other.url() + "'"));

            alerts.keep(next);
            deployments.put(next, Set.of());
            ask("r2", "Hi again", false);

            eventually("the other is told", () -> other.told().size() == 1);
            assertThat(server.told()).hasSize(1);
        }
    }
}

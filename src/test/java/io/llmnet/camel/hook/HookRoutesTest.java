package io.llmnet.camel.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmnet.FakeBackend;
import io.llmnet.FakeFunctions;
import io.llmnet.NoBackends;
import io.llmnet.camel.Deployments;
import io.llmnet.camel.alert.Alerts;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.camel.llm.LlmComponent;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.function.Functions;
import io.llmnet.function.ShellPolicy;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.protocol.http.HttpWire;
import io.llmnet.protocol.openai.Head;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks do, in routes of a pipeline's own (room 100) and in those that all share (room 0). */
@SuppressWarnings("NullAway.Init")
class HookRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPPER = "{function: upper, mode: transform}";

    private final Vertx vertx = Vertx.vertx();
    private final FakeBackend backend = FakeBackend.start();
    private final FakeFunctions server = FakeFunctions.start();
    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    private final HttpWire wire = new HttpWire(vertx);
    private final Functions functions = new Functions(vertx, ShellPolicy.USUAL);
    private final ExecutorService branches = Executors.newCachedThreadPool();
    /** The thread on which a call is asked and its answer read, as the front does. */
    private final Executor home = home(vertx.getOrCreateContext());

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
        camel.getRegistry().bind("llmnetBranches", ExecutorService.class, branches);
        CamelCli.allow(camel, false);
        camel.start();
        alerts = new Alerts(camel, vertx, new SimpleMeterRegistry(), (pipeline, alert, text) -> {});
        deployments = new Deployments(camel, room, Watcher.NOBODY);
        deployments.begin(List.of(reading(nodes).graph().orElseThrow()));
    }

    private Reading reading(String... nodes) {
        StringBuilder yaml = new StringBuilder("models:\n");
        for (String model : List.of("ok", "say:two words", "count:5", "status:429")) {
            yaml.append("  '%s': {url: '%s'}\n".formatted(model, backend.url()));
        }
        yaml.append("""
                functions:
                  log: {type: rest, method: POST, url: "SERVER/log", body: {node: $NODE, before: $PREV_NODE, in: $INPUT, out: $OUTPUT, words: "$WORD_COUNT"}}
                  upper: {type: rest, method: POST, url: "SERVER/upper", body: {text: $OUTPUT}}
                  fail: {type: rest, method: POST, url: "SERVER/fail", body: {text: $OUTPUT}}
                  hang: {type: rest, method: POST, url: "SERVER/hang", body: {text: $OUTPUT}}
                  none: {type: rest, method: POST, url: "SERVER/none"}
                architecture:
                """.replace("SERVER", server.url().toString()));
        for (String node : nodes) {
            yaml.append("- {").append(node).append("}\n");
        }
        Reading reading = Compositions.read("p.yaml", yaml.toString(), name -> null);
        assertThat(reading.problems()).isEmpty();
        return reading;
    }

    @AfterEach
    void end() throws Exception {
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

    private String ask(String question, boolean stream) {
        byte[] body = ("{\"model\":\"p\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                        + question + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Call call = new Call(
                "r1",
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

    /** What is said, whole. */
    private String content(String question) {
        return json(ask(question, false)).at("/choices/0/message/content").asText();
    }

    private static String said(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line ->
                        json(line.substring(6)).at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private List<String> heard(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (server.heard().size() < count) {
            assertThat(System.nanoTime()).as("%s calls", count).isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
        return server.heard();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void whatATransformingHookBringsIsWhatTheNextNodeIsAskedAndWhatTheCallerGets(int room) throws Exception {
        serve(
                room,
                "name: router, layer: 0, model: ok, output-to: [1]",
                "name: draft, layer: 1, model: 'say:two words', output-to: [2], hooks: {post: [" + UPPER + "]}",
                "name: last, layer: 2, model: ok, output-to: [answer], hooks: {post: [" + UPPER + "]}",
                "name: answer, adapter: output");

        assertThat(content("Hello?")).isEqualTo("OK HEARD TWO WORDS");
        assertThat(said(ask("Hello?", true))).isEqualTo("OK HEARD TWO WORDS");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void anEntryThatAnswersItselfHasHooksToo(int room) throws Exception {
        serve(
                room,
                "name: chat, layer: 0, model: ok, output-to: [answer], hooks: {pre: [" + UPPER + "], post: [" + UPPER
                        + "]}",
                "name: answer, adapter: output");

        assertThat(content("Hello?")).isEqualTo("OK HEARD HELLO?");
        assertThat(server.heard())
                .containsExactly("/upper {\"text\":\"Hello?\"}", "/upper {\"text\":\"ok heard HELLO?\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void observersSeeInputAndOutputAndTheNodeBeforeAndDelayNothing(int room) throws Exception {
        String both = "hooks: {pre: [{function: log}, {function: hang}], post: [{function: hang}, {function: log}]}";
        serve(
                room,
                "name: router, layer: 0, model: ok, output-to: [1], hooks: {pre: [{function: log}]}",
                "name: draft, layer: 1, model: 'say:two words', output-to: [2], " + both,
                "name: last, layer: 2, model: 'count:5', output-to: [answer], " + both,
                "name: answer, adapter: output");

        assertThat(said(ask("Hello there!", true))).isEqualTo("0 1 2 3 4");

        assertThat(heard(9).stream().filter(one -> one.startsWith("/log")))
                .containsExactlyInAnyOrder(
                        log("router", "", "Hello there!", "Hello there!"),
                        log("draft", "router", "Hello there!", "Hello there!"),
                        log("draft", "router", "Hello there!", "two words"),
                        log("last", "draft", "two words", "two words"),
                        log("last", "draft", "two words", "0 1 2 3 4"));
    }

    private static String log(String node, String before, String input, String output) {
        return "/log {\"node\":\"" + node + "\",\"before\":\"" + before + "\",\"in\":\"" + input + "\",\"out\":\""
                + output + "\",\"words\":\"2\"}";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void aHookThatFailsEndsTheRequestOnlyIfItSaysSo(int room) throws Exception {
        serve(
                room,
                "name: chat, layer: 0, model: ok, output-to: [answer], hooks: {post: [{function: fail, mode: transform},"
                        + " {function: fail, mode: transform, on-failure: abort, if: '$INPUT contains abort'},"
                        + " {function: none, mode: transform}]}",
                "name: answer, adapter: output");

        assertThat(content("go on")).isEqualTo("ok heard go on");
        Throwable failure = catchThrowable(() -> ask("abort this", true));

        assertThat(failure).isInstanceOf(CompletionException.class);
        assertThat(failure.getCause())
                .isInstanceOf(ChatException.class)
                .hasMessage("hook fail of node chat failed: REST request failed: HTTP 500");
        assertThat(failure.getCause())
                .asInstanceOf(InstanceOfAssertFactories.type(ChatException.class))
                .extracting(ChatException::fault)
                .isEqualTo(Fault.HOOK_FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void whatAHookSetsDecidesTheWayAndStandsInPrompts(int room) throws Exception {
        serve(
                room,
                "name: router, layer: 0, model: ok, output-to: [1], hooks: {pre: [{function: upper, mode: transform,"
                        + " set: TEAM, if: '$WORD_COUNT < 3'}]}",
                "name: blue, layer: 1, model: ok, if: '$TEAM == BLUE', output-to: [answer]",
                "name: red, layer: 1, model: 'say:two words', if: '$TEAM != BLUE', output-to: [answer]",
                "name: answer, adapter: output");

        assertThat(content("blue")).isEqualTo("ok heard blue");
        assertThat(content("some other team")).isEqualTo("two words");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void branchesHaveHooksOfTheirOwn(int room) throws Exception {
        serve(
                room,
                "name: panel, layer: 0, model: ok, fan-out: all, output-to: [1], hooks: {pre: [" + UPPER + "]}",
                "name: one, layer: 1, model: ok, output-to: [answer], hooks: {post: [{function: fail, mode: transform,"
                        + " on-failure: abort}]}",
                "name: two, layer: 1, model: 'say:two words', output-to: [answer], hooks: {post: [" + UPPER + "]}",
                "name: answer, adapter: output");

        assertThat(content("Hello?")).isEqualTo("[two]\nTWO WORDS");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void anErrorOfTheModelsServerIsLeftAlone(int room) throws Exception {
        serve(
                room,
                "name: chat, layer: 0, model: 'status:429', output-to: [answer], hooks: {post: [" + UPPER + "]}",
                "name: answer, adapter: output");

        JsonNode refused = json(ask("be refused", false));

        assertThat(refused.at("/error/message").asText()).contains("429");
        assertThat(server.heard()).isEmpty();
    }
}

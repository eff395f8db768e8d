package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.backend.Timeouts;
import io.llmnet.config.Problem;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Listen;
import io.llmnet.pipeline.Model;
import io.llmnet.pipeline.Node;
import io.llmnet.pipeline.Template;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionsTest {
    static final Map<String, String> ENVIRONMENT =
            Map.of("OPENROUTER_API_KEY_FREE", "sk-secret", "PORT", "9000", "BROKEN", "sk secret\n!");

    static Reading read(String file, String text) {
        return Compositions.read(file, text, ENVIRONMENT::get);
    }

    static String resource(String name) {
        try (InputStream in = CompositionsTest.class.getResourceAsStream("/pipelines/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Graph graph(String yaml) {
        Reading reading = read("p.yaml", yaml);
        assertThat(reading.problems()).extracting(Problem::toString).isEmpty();
        return reading.graph().orElseThrow();
    }

    /** The graph of nodes, each on a line of YAML, over one model. */
    private static Graph nodes(String... nodes) {
        return graph(oneModel(nodes));
    }

    static String oneModel(String... nodes) {
        StringBuilder yaml = new StringBuilder("models: {m: {url: 'http://localhost:1'}}\narchitecture:\n");
        for (String node : nodes) {
            yaml.append("- {").append(node).append("}\n");
        }
        return yaml.toString();
    }

    private static Model model(String form) {
        Reading reading = read("p.yaml", "models:\n  key: {" + form + "}\narchitecture: [{name: chat}]\n");
        Graph graph = reading.graph().orElseThrow();
        return graph.models().values().iterator().next();
    }

    private static List<String> problems(String file, String text) {
        return read(file, text).problems().stream().map(Problem::toString).toList();
    }

    private static @Nullable String shape(Graph graph) {
        List<String> edges = new ArrayList<>();
        graph.nodes().values().stream()
                .filter(node -> node.role() == Node.Role.MODEL)
                .forEach(node -> edges.add(node.name() + ">" + String.join("+", node.targets())));
        return graph.entry() + ": " + String.join(" ", edges);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    basic-chatbot        | chat: chat>output
                    dual-expert          | desk: desk>sales+support sales>output support>output
                    openrouter-pipeline  | router: router>writer+scholar writer>output scholar>output
                    multi-layer-pipeline | router: router>engineer+poet engineer>refiner poet>refiner refiner>output
                    conditional-routing  | router: router>brief+thorough brief>output thorough>editor editor>output
                    qwen3-80b-external   | chat: chat>output
                    """)
    void readsTheFilesOfTheOriginal(String name, String shape) {
        Reading reading = read(name + ".json", resource(name + ".json"));

        assertThat(reading.problems())
                .allSatisfy(problem -> assertThat(problem.message())
                        .isEqualTo("old key \"model_override\"; write \"model-override\""));
        Graph graph = reading.graph().orElseThrow();
        assertThat(graph.name()).isEqualTo(name);
        assertThat(shape(graph)).isEqualTo(shape);
    }

    @Test
    void sharesTheOnlyModelAndSkipsAlerts() {
        Reading reading = read("nemotron-router.json", resource("nemotron-router.json"));

        assertThat(reading.problems()).isEmpty();
        Graph graph = reading.graph().orElseThrow();
        assertThat(shape(graph))
                .isEqualTo("front: front>books-spring+books-autumn books-spring>final-output"
                        + " books-autumn>final-output+books-autumn-oddities books-autumn-oddities>final-output");
        assertThat(graph.node("books-autumn").model()).isEqualTo("orchestrator");
        assertThat(graph.node("output-to-ws").role()).isEqualTo(Node.Role.ALERT);
        assertThat(graph.node("final-output").alerts()).containsExactly("output-to-ws");
        assertThat(graph.headerVariables()).isEqualTo(Map.of("OutputCustomKey", "x-output-custom-key"));
    }

    @Test
    void headersAreNamedLikeTheirVariables() {
        Graph graph = nodes("name: in, extra-options: {UseHeaderKeys: [HTTPTeam, user_id2, XTrace, plain]}");

        assertThat(graph.headerVariables())
                .isEqualTo(Map.of(
                        "HTTPTeam", "x-http-team",
                        "user_id2", "x-user-id2",
                        "XTrace", "x-trace",
                        "plain", "x-plain"));
    }

    @Test
    void aModelSaysHowPatientToBeWithItsServer() {
        Reading reading = read("p.yaml", """
                models:
                  m: {url: "http://h", timeouts: {first-byte: 20s, idle: 1500ms, conect: 3s}}
                  n: {url: "http://h", timeouts: {connect: soon}}
                architecture: [{name: a, model: m}]
                """);

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .contains(
                        "p.yaml:2:66: models.m.timeouts: unknown key \"conect\"; did you mean \"connect\"?",
                        "p.yaml:3:44: models.n.timeouts.connect: must be a time such as 250ms, 30s or 5m");
    }

    @Test
    void readsAManifest() {
        Reading reading = read("dir/some.yaml", resource("manifest.yaml"));

        assertThat(reading.problems()).extracting(Problem::toString).isEmpty();
        Graph graph = reading.graph().orElseThrow();
        assertThat(graph.name()).isEqualTo("front-desk");
        assertThat(graph.listen()).isEqualTo(new Listen(null, 9090));
        assertThat(shape(graph)).isEqualTo("router: router>output");
        assertThat(graph.models()).containsOnlyKeys("llama", "other");
    }

    @Test
    void saysWhatAManifestLacks() {
        String text = """
                apiVersion: llmnet/v1
                kind: Pipeline
                metadata:
                  name: customer-service
                spec:
                  replicas: 3
                  models:
                    - name: router
                """;

        assertThat(problems("m.yaml", text))
                .containsExactly(
                        "m.yaml:6:3: spec: the key \"composition\" is missing; put models and architecture under it",
                        "m.yaml:7:3: spec: unknown key \"models\"; it has no effect");
    }

    @Test
    void expandsTheEnvironment() {
        Graph graph = graph("""
                models: {m: {url: "http://localhost:$PORT/v1", api-key: $OPENROUTER_API_KEY_FREE}}
                architecture: [{name: chat, bind-port: "${PORT}"}]
                """);

        assertThat(graph.listen()).isEqualTo(new Listen(null, 9000));
        assertThat(graph.models())
                .containsEntry(
                        "m",
                        new Model(
                                "m",
                                Model.Kind.OPENAI,
                                URI.create("http://localhost:9000"),
                                "sk-secret",
                                "m",
                                null,
                                Timeouts.DEFAULT));
        assertThat(graph.toString()).doesNotContain("sk-secret");
    }

    @Test
    void neverTellsWhatTheEnvironmentHolds() {
        String text = """
                models:
                  a: {url: $OPENROUTER_API_KEY_FREE, api-key: $BROKEN}
                  b: {url: "http://h:$GONE", api-key: $MISSING}
                  c: {url: "http://localhost:1", api-key: $secrets.vault.KEY}
                architecture: [{name: chat, model: a, bind-port: $BROKEN}]
                """;

        List<String> problems = problems("p.yaml", text);

        assertThat(problems)
                .containsExactly(
                        "p.yaml:2:12: models.a.url: must begin with http:// or https://; write it like"
                                + " http://127.0.0.1:8000",
                        "p.yaml:2:47: models.a.api-key: has a character that no HTTP header can bear; use visible ASCII"
                                + " characters only",
                        "p.yaml:3:12: models.b.url: the environment variable GONE is not set; set it, or name it in"
                                + " --env-file",
                        "p.yaml:3:39: models.b.api-key: the environment variable MISSING is not set; set it, or name it"
                                + " in --env-file",
                        "p.yaml:4:43: models.c.api-key: there is no source of secrets \"vault\"; declare it"
                                + " under \"secrets\"",
                        "p.yaml:5:50: architecture[0].bind-port: must be a whole number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h:1",
                "http://h:1/",
                "http://h:1/v1",
                "http://h:1/v1/",
                "http://h:1/v1/chat/completions",
                "http://h:1/chat/completions/",
                "http://h:1/api/chat"
            })
    void cutsAnAddressToItsRoot(String url) {
        assertThat(model("url: '" + url + "'").url()).hasToString("http://h:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    url: 'http://h:1'                                     | OPENAI | http://h:1             | key   | external
                    endpoint: 'http://h:1'                                | OPENAI | http://h:1             | key   | external
                    url: 'http://h:1', model: m                           | OPENAI | http://h:1             | m     | external
                    url: 'http://h:1', model-id: m                        | OPENAI | http://h:1             | m     | external
                    url: 'http://h:1', parameters: {model: m, n: 4}       | OPENAI | http://h:1             | m     | external
                    url: 'http://h:1', interface: ollama                  | OLLAMA | http://h:1             | key   | external
                    url: 'http://h:1', interface: openai                  | OPENAI | http://h:1             | key   | external
                    type: ollama, model: m                                | OPENAI | http://127.0.0.1:11434 | m     | ollama
                    type: ollama, model: m, options: {num_ctx: 4096}      | OPENAI | http://127.0.0.1:11434 | key   | ollama
                    runner: ollama, source: Key, parameters: {top_k: 1}   | OPENAI | http://127.0.0.1:11434 | key   | ollama
                    runner: ollama, source: key, parameters: {top_k: 1}   | OPENAI | http://127.0.0.1:11434 | key-llmnet | ollama
                    runner: ollama, source: base, model: mine             | OPENAI | http://127.0.0.1:11434 | mine  | ollama
                    runner: ollama, source: 'm:1b', interface: ollama-api | OLLAMA | http://127.0.0.1:11434 | m:1b  | ollama
                    runner: ollama, source: ./x.Modelfile                 | OPENAI | http://127.0.0.1:11434 | key   | ollama
                    runner: vllm, source: org/m                           | OPENAI | http://127.0.0.1:8000  | org/m | vllm
                    runner: llama-cpp, source: m.gguf                     | OPENAI | http://127.0.0.1:8080  | m.gguf | llama-cpp
                    type: huggingface, url: org/m, runner: llamacpp       | OPENAI | http://127.0.0.1:8080  | org/m | llama-cpp
                    type: docker, image: i, params: p                     | OPENAI | http://127.0.0.1:8080  | key   | docker
                    runner: tensorrt-llm, source: m, endpoint: 'http://h/v1' | OPENAI | http://h            | m     | tensorrt-llm
                    """)
    void readsEveryFormOfModel(String form, Model.Kind kind, String url, String id, String runner) {
        Model model = model(form);

        assertThat(model.kind()).isEqualTo(kind);
        assertThat(model.url()).hasToString(url);
        assertThat(model.id()).isEqualTo(id);
        assertThat(model.runner() == null ? "external" : model.runner().kind().label())
                .isEqualTo(runner);
    }

    @Test
    void theEntryIsTheLastOfLayerZeroThatLeadsOn() {
        Graph graph = nodes(
                "name: a, layer: 0, output-to: [1]",
                "name: b, layer: 0, output-to: [a]",
                "name: c, layer: 1, output-to: []");

        assertThat(graph.entry()).isEqualTo("b");
    }

    @Test
    void withoutLayersTheEntryIsWhereNobodyLeads() {
        Graph graph = nodes(
                "name: router, output-to: [code, prose]",
                "name: code, output-to: [output]",
                "name: prose, output-to: output");

        assertThat(graph.entry()).isEqualTo("router");
        assertThat(graph.node("prose").layer()).isEqualTo(1);
        assertThat(graph.node("output").layer()).isEqualTo(2);
    }

    @Test
    void aRouterThatDoesNotSayLeadsToTheNextLayer() {
        Reading reading = read("p.yaml", oneModel("name: router, layer: 0", "name: a, layer: 1", "name: b, layer: 1"));

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly("p.yaml:3:3: architecture[0]: does not say where it leads, and layer 1 is taken; write"
                        + " \"output-to\": [1]");
        assertThat(reading.graph().orElseThrow().node("router").targets()).containsExactly("a", "b");
    }

    @Test
    void targetsMayBeMixed() {
        Graph graph = nodes(
                "name: router, layer: 0, output-to: ['1', last, '7']",
                "name: a, layer: 1, output-to: '2'",
                "name: b, layer: 1, output-to: 2",
                "name: '7', layer: 3",
                "name: last, layer: 2");

        assertThat(graph.node("router").targets()).containsExactly("a", "b", "last", "7");
        assertThat(graph.node("a").targets()).containsExactly("last");
        assertThat(graph.node("b").targets()).containsExactly("last");
        assertThat(graph.node("last").targets()).containsExactly("output");
    }

    @Test
    void alertsAreNoTargets() {
        Reading reading = read(
                "p.yaml",
                oneModel(
                        "name: chat, output-to: [output, bell]",
                        "name: bell, adapter: ws, url: 'ws://h', if: $AlertRequired"));

        assertThat(reading.graph().orElseThrow().node("chat").targets()).containsExactly("output");
    }

    @Test
    void theAddedOutputTakesAFreeName() {
        Graph graph = nodes("name: in, layer: 0, output-to: [output]", "name: output, layer: 1, model: m");

        assertThat(graph.node("output").targets()).containsExactly("output-2");
    }

    @Test
    void aNodeWithoutAModelAsksTheOneOfItsName() {
        String text = """
                {
                  "models": {
                    "router": { "url": "http://localhost:11434" },
                    "code-expert": { "url": "http://localhost:11435" },
                    "writing-expert": { "url": "http://localhost:11436" }
                  },
                  "architecture": [
                    { "name": "router", "layer": 0, "output-to": [1] },
                    { "name": "code-handler", "layer": 1, "use-case": "Programs", "output-to": ["output"] },
                    { "name": "writing-handler", "layer": 1, "use-case": "Letters", "output-to": ["output"] }
                  ]
                }
                """;

        Reading reading = read("blog.json", text);

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "blog.json:9:5: architecture[1]: names no model, and \"code-expert\" is taken for its name; write"
                                + " \"model\": \"code-expert\"",
                        "blog.json:10:5: architecture[2]: names no model, and \"writing-expert\" is taken for its name;"
                                + " write \"model\": \"writing-expert\"");
        assertThat(reading.graph().orElseThrow().node("router").model()).isEqualTo("router");
    }

    @Test
    void aRouterOfOneTargetNeedsNoModel() {
        Reading reading = read("p.yaml", """
                models: {a: {url: "http://h"}, b: {url: "http://h"}}
                architecture:
                - {name: in, layer: 0, output-to: [1]}
                - {name: x, layer: 1, model: a}
                """);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.graph().orElseThrow().node("in").model()).isNull();
    }

    @Test
    void keepsWhatTheNodesSay() {
        Graph graph = graph("""
                models: {m: {url: "http://h"}}
                architecture:
                - name: in
                  layer: 0
                  output-to: [1]
                  fan-out: all
                  context: "Say so to $REQUEST_ID, for $5."
                - {name: a, layer: 1, output-to: [2], use-case: first}
                - {name: b, layer: 1, output-to: [2], extra-options: {model-override: big}}
                - {name: end, layer: 2, default: output, output-to: [output, more]}
                - {name: more, layer: 3, if: $HOP_COUNT < 2}
                - {name: output, adapter: output}
                """);

        assertThat(graph.node("in").fanOut()).isTrue();
        assertThat(graph.node("a").useCase()).isEqualTo("first");
        assertThat(graph.node("b").modelOverride()).isEqualTo("big");
        assertThat(graph.node("end").defaultTarget()).isEqualTo("output");
        assertThat(graph.node("more").condition()).hasToString("$HOP_COUNT < 2");
        Template context = graph.node("in").context();
        assertThat(context).isNotNull();
        assertThat(context == null ? "" : context.fill(name -> name.equals("REQUEST_ID") ? "r1" : null))
                .isEqualTo("Say so to r1, for $5.");
    }
}

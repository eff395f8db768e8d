package io.llmnet.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import io.llmnet.runner.Standing.State;
import io.llmnet.runner.process.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, of programs that stand in for the true ones. */
class RunnersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private StandIns machine;

    @BeforeEach
    void machine() {
        machine = new StandIns(folder);
    }

    private static Model model(Graph graph) {
        return graph.models().values().iterator().next();
    }

    private static State state(Runners runners, Model model) {
        return runners.state(model.name(), model.url());
    }

    private static void becomes(Runners runners, Graph graph, State wanted) {
        Soon.holds(
                graph.name() + " is " + wanted,
                () -> graph.models().values().stream().allMatch(model -> state(runners, model) == wanted));
    }

    private Graph llama(String pipeline) throws IOException {
        return StandIns.graph(pipeline, "m: {runner: llama-cpp, source: " + machine.gguf() + "}");
    }

    @Test
    void aLlamaServerIsStartedProbedAndEnded() throws IOException {
        machine.with("llama-server", "token");
        Graph graph;
        try (Runners runners = machine.runners("HF_TOKEN", "hf_1")) {
            graph = runners.placed(StandIns.graph(
                    "p",
                    "m: {runner: llama-cpp, source: ~/m.gguf, parameters: {n_ctx: 2048, ngl: 9, flash_attn: true, mlock: false,"
                            + " cache-type-k: q8_0}}"));
            machine.gguf();
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            assertThat(machine.lines())
                    .startsWith(
                            "llama-server --model " + folder + "/m.gguf --host 127.0.0.1 --port "
                                    + model(graph).url().getPort()
                                    + " --ctx-size 2048 --n-gpu-layers 9 --flash-attn --cache-type-k q8_0",
                            "HF_TOKEN=hf_1");
            assertThat(folder.resolve("home/logs/p-m.log")).hasContent("listening");
        }

        Soon.isGone(machine.numbers("pid").get(0));
    }

    @Test
    void vllmIsStartedAsACommandOrAsAModule() throws IOException {
        machine.with("vllm", "token");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p",
                    "m: {runner: vllm, source: 'hf://org/m', model: short, hf_pat: hf_2,"
                            + " parameters: {max_model_len: 4096, enforce_eager: true}}"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            assertThat(machine.lines())
                    .startsWith(
                            "vllm serve org/m --host 127.0.0.1 --port "
                                    + model(graph).url().getPort()
                                    + " --served-model-name short --max-model-len 4096 --enforce-eager",
                            "HF_TOKEN=hf_2");
        }
    }

    @Test
    void whatIsSlowIsStartingUntilItAnswers() throws IOException {
        machine.with("llama-server", "slow");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(llama("p"));
            runners.sync(List.of(graph));
            Soon.holds("it runs", () -> !machine.numbers("pid").isEmpty());

            assertThat(state(runners, model(graph))).isEqualTo(State.STARTING);

            machine.go();
            becomes(runners, graph, State.READY);
        }
    }

    @Test
    void whatCrashesIsStartedAgainAtTheSamePlace() throws IOException {
        machine.with("llama-server", "crash-once");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(llama("p"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);
            long first = machine.numbers("pid").get(0);

            ProcessHandle.of(first).orElseThrow().destroyForcibly();

            Soon.holds("it runs again", () -> machine.numbers("pid").size() == 2);
            becomes(runners, graph, State.READY);
            assertThat(machine.lines().stream()
                            .filter(line -> line.startsWith("llama-server"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void whatCrashesAgainAndAgainIsGivenUpUntilItIsAskedForOnceMore() throws IOException {
        machine.with("llama-server", "crash");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(llama("p"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.GIVEN_UP);
            assertThat(machine.lines()).hasSize(3);
            assertThat(Files.readString(folder.resolve("home/logs/p-m.log"))).endsWith("the model is broken\n");

            machine.with("llama-server");
            runners.sync(List.of(graph));

            becomes(runners, graph, State.READY);
        }
    }

    @Test
    void whatIsNotReadyInTimeIsGivenUp() throws IOException {
        machine.with("llama-server", "slow");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p", "m: {runner: llama-cpp, source: " + machine.gguf() + ", parameters: {ready-timeout: 1s}}"));
            runners.sync(List.of(graph));

            becomes(runners, graph, State.GIVEN_UP);
            machine.numbers("pid").forEach(Soon::isGone);
        }
    }

    @Test
    void whatCannotBeStartedIsGivenUpAtOnce() {
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p",
                    "file: {runner: llama-cpp, source: none.gguf}",
                    "hub: {runner: llama-cpp, source: org/m}",
                    "vllm: {runner: vllm, source: org/m}",
                    "ollama: {runner: ollama, source: m, endpoint: 'http://127.0.0.1:" + StandIns.freePort() + "'}"));
            runners.sync(List.of(graph));

            becomes(runners, graph, State.GIVEN_UP);
        }
    }

    @Test
    void whatWillNotEndIsKilledWithAllThatItStarted() throws IOException {
        machine.with("llama-server", "deaf", "family");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(llama("p"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);
        }

        Soon.isGone(machine.numbers("pid").get(0));
        Soon.isGone(machine.numbers("child").get(0));
    }

    @Test
    void whatACrashLeavesBehindIsEnded() throws IOException {
        machine.with("llama-server", "family");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(llama("p"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            ProcessHandle.of(machine.numbers("pid").get(0)).orElseThrow().destroyForcibly();

            Soon.isGone(machine.numbers("child").get(0));
        }
    }

    @Test
    void modelsOfOneNameServedAlikeShareAProgramAndOthersDoNot() throws IOException {
        machine.with("llama-server");
        try (Runners runners = machine.runners()) {
            Graph one = runners.placed(llama("one"));
            Graph same = runners.placed(llama("same"));
            Graph other =
                    runners.placed(StandIns.graph("other", "n: {runner: llama-cpp, source: " + machine.gguf() + "}"));
            runners.sync(List.of(one, same, other));
            becomes(runners, one, State.READY);
            becomes(runners, other, State.READY);

            assertThat(model(same).url()).isEqualTo(model(one).url());
            assertThat(model(other).url()).isNotEqualTo(model(one).url());
            assertThat(machine.numbers("pid")).hasSize(2);
        }
    }

    @Test
    void whatIsUnchangedKeepsItsProgramAndWhatIsGoneLosesIt() throws IOException {
        machine.with("llama-server");
        try (Runners runners = machine.runners()) {
            Graph stays = runners.placed(llama("stays"));
            runners.sync(List.of(stays));
            becomes(runners, stays, State.READY);
            Graph goes = runners.placed(StandIns.graph(
                    "goes", "m: {runner: llama-cpp, source: " + machine.gguf() + ", parameters: {n_ctx: 7}}"));
            runners.sync(List.of(runners.placed(llama("stays")), goes));
            becomes(runners, goes, State.READY);
            List<Long> pids = machine.numbers("pid");

            runners.sync(List.of(stays));

            assertThat(pids).hasSize(2);
            assertThat(Soon.isAlive(pids.get(0))).isTrue();
            Soon.isGone(pids.get(1));
            assertThat(state(runners, model(stays))).isEqualTo(State.READY);
            assertThat(runners.placed(StandIns.graph("goes", "k: {runner: llama-cpp, source: " + machine.gguf() + "}"))
                            .models())
                    .extractingByKey("k")
                    .extracting(Model::url)
                    .isEqualTo(model(goes).url());
        }
    }

    @Test
    void nothingIsStartedWhereAFileSaysAndSomebodyServes() throws IOException {
        machine.with("llama-server");
        HttpServer there = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        there.start();
        try (Runners runners = machine.runners()) {
            String form = "m: {runner: llama-cpp, source: x.gguf, endpoint: 'http://127.0.0.1:"
                    + there.getAddress().getPort() + "/v1'}";
            Graph graph = runners.placed(StandIns.graph("p", form));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            assertThat(model(graph).url()).hasPort(there.getAddress().getPort());
            assertThat(machine.lines()).isEmpty();
        } finally {
            there.stop(0);
        }
    }

    @Test
    void aProgramIsStartedWhereAFileSaysAndNobodyServes() throws IOException {
        machine.with("llama-server");
        int port = StandIns.freePort();
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p",
                    "m: {runner: llama-cpp, source: " + machine.gguf() + ", endpoint: 'http://localhost:" + port
                            + "'}"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            assertThat(machine.lines().get(0)).endsWith("--host 127.0.0.1 --port " + port);
        }
    }

    @Test
    void oneOllamaServesAllAndGetsWhatItHasNot() throws IOException {
        machine.with("ollama");
        String at = ", endpoint: 'http://127.0.0.1:" + StandIns.freePort() + "'}";
        Files.writeString(folder.resolve("x.Modelfile"), "FROM ./m.gguf\nPARAMETER top_k 4\nSYSTEM Old\n");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p",
                    "there: {runner: ollama" + at,
                    "missing: {runner: ollama, source: 'big:7b'" + at,
                    "Made: {runner: ollama, source: base, parameters: {num_ctx: 4096, stop: [a, b c], system: Be kind.}"
                            + at,
                    "file: {runner: ollama, source: " + folder + "/x.Modelfile, parameters: {top_k: 5, system: New}"
                            + at));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            List<String> lines = machine.lines();
            assertThat(lines.stream().filter(line -> line.equals("ollama serve")))
                    .hasSize(1);
            assertThat(lines)
                    .contains("ollama pull big:7b")
                    .doesNotContain("ollama pull there")
                    .anyMatch(line -> line.startsWith("ollama create made -f "))
                    .contains("made of \"FROM base\\nPARAMETER num_ctx 4096\\nPARAMETER stop a\\nPARAMETER stop"
                            + " \\\"\\\"\\\"b c\\\"\\\"\\\"\\nSYSTEM \\\"\\\"\\\"Be kind.\\\"\\\"\\\"\\n\"")
                    .contains("made of \"FROM " + folder + "/m.gguf\\nPARAMETER top_k 5\\nSYSTEM"
                            + " \\\"\\\"\\\"New\\\"\\\"\\\"\\n\"");
            assertThat(graph.models().values())
                    .extracting(Model::id)
                    .containsExactly("there", "big:7b", "made", "file");
        }

        machine.numbers("pid").forEach(Soon::isGone);
    }

    @Test
    void anOllamaThatRunsIsUsed() throws IOException {
        machine.with("ollama");
        int port = StandIns.freePort();
        ProcessBuilder serve = new ProcessBuilder(folder.resolve("bin/ollama").toString(), "serve");
        serve.environment().put("OLLAMA_HOST", "127.0.0.1:" + port);
        Process theirs = serve.start();
        try (Runners runners = machine.runners()) {
            Soon.holds("it runs", () -> Probe.isTaken("127.0.0.1", port));
            Graph graph = runners.placed(
                    StandIns.graph("p", "m: {runner: ollama, source: big, endpoint: 'http://127.0.0.1:" + port + "'}"));
            runners.sync(List.of(graph));
            becomes(runners, graph, State.READY);

            assertThat(machine.lines()).contains("ollama pull big", "at 127.0.0.1:" + port);
            assertThat(machine.numbers("pid")).hasSize(1);
        }

        assertThat(theirs.isAlive()).isTrue();
        theirs.destroyForcibly();
    }
}

package io.llmnet.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.NoBackends;
import io.llmnet.backend.Wire;
import io.llmnet.camel.Deployments;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.camel.llm.LlmComponent;
import io.llmnet.camel.watch.Watcher;
import io.llmnet.camel.watch.Watchers;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.pipeline.file.Compositions;
import io.llmnet.protocol.openai.Head;
import io.llmnet.telemetry.Followers;
import io.llmnet.telemetry.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A run through a pipeline whose models answer at once: watched by nobody, and as the server is where nobody looks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchBenchmark {
    private static final byte[] ANSWER =
            ("{\"id\":\"1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}")
                    .getBytes(UTF_8);
    private static final String ONE = """
            {"models": {"m": {"url": "http://localhost:1"}}, "architecture": [
              {"name": "chat", "layer": 0, "model": "m", "output-to": ["out"]}, {"name": "out", "adapter": "output"}]}
            """;
    private static final String TWO = """
            {"models": {"m": {"url": "http://localhost:1"}}, "architecture": [
              {"name": "router", "layer": 0, "model": "m", "output-to": [1]},
              {"name": "draft", "layer": 1, "model": "m", "output-to": [2]},
              {"name": "finish", "layer": 2, "model": "m", "output-to": ["out"]},
              {"name": "out", "adapter": "output"}]}
            """;

    @Param({"nobody", "server"})
    public String watcher;

    @Param({"1", "2"})
    public int nodes;

    private DefaultCamelContext camel;
    private ExecutorService branches;
    private Deployments deployments;
    private byte[] body;
    private Head head;

    @Setup
    public void start() throws Exception {
        Wire wire = (backend, ask) ->
                CompletableFuture.completedFuture(Answer.of(200, "application/json", ByteStream.of(ANSWER)));
        Watcher watching = watcher.equals("nobody")
                ? Watcher.NOBODY
                : new Watchers(
                        List.of(new Meters(new SimpleMeterRegistry()), new Followers(false, UnaryOperator.identity())));
        camel = new DefaultCamelContext(false);
        CamelCli.allow(camel, false);
        Dispatch dispatch = NoBackends.dispatch(wire);
        camel.addComponent(
                "llm",
                new LlmComponent(
                        dispatch,
                        NoBackends.gateway(dispatch),
                        NoBackends.assembly(),
                        name -> deployments.named(name),
                        () -> Runnable::run));
        branches = Executors.newFixedThreadPool(1);
        camel.getRegistry().bind("llmnetBranches", ExecutorService.class, branches);
        camel.start();
        deployments = new Deployments(camel, 10, watching);
        deployments.begin(List.of(Compositions.read("chat.json", nodes == 1 ? ONE : TWO, name -> null)
                .graph()
                .orElseThrow()));
        body = Words.request(1);
        head = Head.read(body, Call.Dialect.CHAT);
    }

    @TearDown
    public void stop() {
        deployments.close();
        camel.stop();
        branches.shutdown();
    }

    @Benchmark
    public Answer run() {
        Call call = new Call(
                "1",
                Call.Dialect.CHAT,
                head.model(),
                head.modelAt(),
                false,
                false,
                body,
                name -> null,
                Deadline.in(Duration.ofMinutes(1), System.nanoTime()),
                new Cancel(),
                new Tab(),
                Runnable::run);
        return deployments.named("chat").ask(call).toCompletableFuture().join();
    }
}

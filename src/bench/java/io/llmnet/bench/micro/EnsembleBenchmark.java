package io.llmnet.bench.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.camel.console.CamelCli;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.camel.llm.LlmComponent;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Spoken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a council adds to the slowest answer that it needs: its members answer the moment that they are asked, so that all of
 * the time is the council's own, the ways between threads included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class EnsembleBenchmark {
    private static final String WORDS =
            "The capital of France is Paris, a city of about two million people on the river Seine.";
    private static final byte[] ANSWER = Spoken.completion("chatcmpl-1", 1, "m", WORDS);

    @Param({"FASTEST", "VOTING", "CONSENSUS", "WEIGHTED"})
    public Strategy strategy;

    @Param({"1", "5"})
    public int members;

    private DefaultCamelContext camel;
    private ExecutorService branches;
    private ScheduledExecutorService home;
    private Assembly assembly;
    private Council council;
    private byte[] body;
    private Head head;

    @Setup(Level.Trial)
    public void start() throws Exception {
        home = Executors.newSingleThreadScheduledExecutor();
        branches = Executors.newFixedThreadPool(2);
        camel = new DefaultCamelContext(false);
        // Before anything else: where it is not told otherwise, Camel connects as soon as it is built.
        CamelCli.allow(camel, false);
        assembly = new Assembly(
                (nanos, task) -> {
                    ScheduledFuture<?> timer = home.schedule(task, nanos, TimeUnit.NANOSECONDS);
                    return () -> timer.cancel(false);
                },
                System::nanoTime,
                new Standings(),
                (texts, errand) -> CompletableFuture.failedFuture(new IllegalStateException("nobody embeds")),
                (seat, call) ->
                        CompletableFuture.completedFuture(Answer.of(200, "application/json", ByteStream.of(ANSWER))));
        camel.addComponent("llm", new LlmComponent(null, null, assembly, name -> null, () -> home));
        camel.getRegistry().bind("llmnetBranches", ExecutorService.class, branches);
        Assembly.register(camel);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "classpath:routes/ensemble.yaml"));
        camel.start();
        assembly.open(camel);
        List<Seat> seats =
                IntStream.range(0, members).mapToObj(i -> Seat.of("m" + i)).toList();
        council = new Council("bench", strategy, seats, Duration.ofSeconds(30), Terms.USUAL);
        body = "{\"model\":\"bench\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]}"
                .getBytes(UTF_8);
        head = Head.read(body, Call.Dialect.CHAT);
    }

    @TearDown(Level.Trial)
    public void stop() {
        camel.stop();
        branches.shutdownNow();
        home.shutdownNow();
    }

    @Benchmark
    public Resolution decides() throws Exception {
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        home.execute(() -> assembly.ask(council, call(), Acceptance.ANYTHING).whenComplete((resolution, failure) -> {
            if (failure == null) {
                result.complete(resolution);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result.get();
    }

    private Call call() {
        return new Call(
                "request",
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
                home,
                head.demand());
    }
}

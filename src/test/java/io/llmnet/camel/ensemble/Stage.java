package io.llmnet.camel.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmnet.camel.console.CamelCli;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.chat.Usage;
import io.llmnet.dispatch.VirtualTime;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Standings;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Spoken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** The route of ensembles, members whose answers the test gives, and a clock that it moves. */
final class Stage implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private volatile @Nullable Thread only;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(this::named);
    /** As an event loop: what runs there already goes on at once. */
    private final Executor home = task -> {
        if (Thread.currentThread().equals(only)) {
            task.run();
        } else {
            thread.execute(task);
        }
    };

    private final ExecutorService branches = Executors.newFixedThreadPool(2);
    private final VirtualTime time = new VirtualTime();
    private final Map<String, BlockingQueue<Asked>> asked = new ConcurrentHashMap<>();
    private final DefaultCamelContext camel = new DefaultCamelContext(false);
    final Standings standings = new Standings();
    final Cancel caller = new Cancel();
    final Tab tab = new Tab();
    private final Assembly assembly = new Assembly(
            time,
            time::nanoTime,
            standings,
            (texts, errand) -> CompletableFuture.failedFuture(new ChatException(Fault.NO_BACKEND, "no library")),
            this::asked);

    private Thread named(Runnable task) {
        Thread made = new Thread(task, "home");
        only = made;
        return made;
    }

    Stage() throws Exception {
        // Before anything else: where it is not told otherwise, Camel connects as soon as it is built.
        CamelCli.allow(camel, false);
        camel.addComponent("llm", new SeatComponent());
        camel.getRegistry().bind("llmnetBranches", ExecutorService.class, branches);
        Assembly.register(camel);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "classpath:routes/ensemble.yaml"));
        camel.getShutdownStrategy().setTimeout(1);
        camel.start();
        assembly.open(camel);
    }

    /** A member that was asked, and waits for what the test lets it say. */
    final class Asked {
        final Call call;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Asked(Call call) {
            this.call = call;
        }

        String body() {
            return new String(call.body(), UTF_8);
        }

        void says(String text) {
            gives(Spoken.completion("id", 1, call.model() + "-real", text));
        }

        void says(String text, double probability) {
            ObjectNode answer = Json.object(Spoken.completion("id", 1, "m", text), Fault.INTERNAL, "an answer");
            ObjectNode choice = (ObjectNode) answer.path("choices").path(0);
            choice.putObject("logprobs").putArray("content").addObject().put("logprob", Math.log(probability));
            gives(Json.bytes(answer));
        }

        void calls(String name, String arguments) {
            ObjectNode answer = Json.object(Spoken.completion("id", 1, "m", ""), Fault.INTERNAL, "an answer");
            ObjectNode message = (ObjectNode) answer.path("choices").path(0).path("message");
            message.putNull("content");
            ObjectNode tool =
                    message.putArray("tool_calls").addObject().put("id", "x").put("type", "function");
            tool.putObject("function").put("name", name).put("arguments", arguments);
            gives(Json.bytes(answer));
        }

        void uses(Usage usage, String text) {
            call.tab().add(usage);
            gives(Spoken.withUsage(Spoken.completion("id", 1, "m", text), usage));
        }

        private void gives(byte[] json) {
            atHome(() -> answer.complete(Answer.of(200, "application/json", ByteStream.of(json))));
        }

        void streams(ByteStream body) {
            atHome(() -> answer.complete(Answer.of(200, "text/event-stream", body)));
        }

        void refuses(int status, String message) {
            byte[] body =
                    ("{\"error\":{\"message\":\"" + message + "\",\"type\":\"x\",\"code\":\"y\"}}").getBytes(UTF_8);
            atHome(() -> answer.complete(Answer.of(status, "application/json", ByteStream.of(body))));
        }

        void fails(Fault fault, String why) {
            atHome(() -> answer.completeExceptionally(new ChatException(fault, why)));
        }

        boolean isDismissed() {
            return call.cancel().isCancelled();
        }
    }

    private CompletionStage<Answer> asked(Seat seat, Call call) {
        Asked one = new Asked(call);
        queue(seat.name()).add(one);
        return one.answer;
    }

    private BlockingQueue<Asked> queue(String seat) {
        return asked.computeIfAbsent(seat, fresh -> new LinkedBlockingQueue<>());
    }

    /** The next question that a member gets; waits for it. */
    Asked next(String seat) throws InterruptedException {
        return Objects.requireNonNull(queue(seat).poll(PATIENCE_SECONDS, TimeUnit.SECONDS), seat + " was not asked");
    }

    boolean isAsked(String seat) {
        atHome(() -> {});
        return !queue(seat).isEmpty();
    }

    static Council council(Strategy strategy, String... seats) {
        return new Council("test", strategy, Stream.of(seats).map(Seat::of).toList(), null, Terms.USUAL);
    }

    static Council judged(Strategy strategy, String... seats) {
        Terms terms = Terms.USUAL.with(Terms.Judge.of(Seat.of("judge")));
        return new Council("test", strategy, Stream.of(seats).map(Seat::of).toList(), Duration.ofSeconds(10), terms);
    }

    CompletableFuture<Resolution> ask(Council council) {
        return ask(council, false, Acceptance.ANYTHING);
    }

    CompletableFuture<Resolution> ask(Council council, boolean stream, Acceptance acceptance) {
        return ask(
                council,
                "{\"model\":\"test\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"What is it?\"}]}",
                acceptance);
    }

    CompletableFuture<Resolution> ask(Council council, String request, Acceptance acceptance) {
        byte[] body = request.getBytes(UTF_8);
        Head head = Head.read(body, Call.Dialect.CHAT);
        Call call = new Call(
                "request",
                Call.Dialect.CHAT,
                head.model(),
                head.modelAt(),
                head.stream(),
                head.includeUsage(),
                body,
                name -> null,
                Deadline.in(Duration.ofMinutes(1), time.nanoTime()),
                caller,
                tab,
                home,
                head.demand());
        CompletableFuture<Resolution> result = new CompletableFuture<>();
        atHome(() -> assembly.ask(council, call, acceptance).whenComplete((resolution, failure) -> {
            if (failure == null) {
                result.complete(resolution);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    /** What an answer says. */
    static String text(Resolution resolution) {
        byte[] body = resolution.answer().body().whole().toCompletableFuture().join();
        return Json.object(body, Fault.INTERNAL, "an answer")
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }

    static <T> T soon(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void pass(long millis) {
        atHome(() -> time.pass(millis));
    }

    void leave() {
        atHome(caller::cancel);
        // What follows from it is done at home as well, right behind.
        atHome(() -> {});
    }

    /** Runs it where all happens, and waits until it has. */
    void atHome(Runnable task) {
        try {
            thread.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> stillAsked() {
        return asked.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        atHome(caller::cancel);
        camel.stop();
        branches.shutdownNow();
        thread.shutdownNow();
    }
}

package io.llmnet.dispatch;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Card;
import io.llmnet.registry.Offer;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Report;
import io.llmnet.registry.Source;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Backends on a stage: what each does is scripted, the clock is virtual, and all is written down. */
final class Staged implements Wire {
    /** One question that waits for its answer. */
    record Pending(Ask ask, CompletableFuture<Answer> answer) {}

    final VirtualTime time = new VirtualTime();
    final List<String> asked = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    final Registry registry = new Registry(InstantSource.system(), (said, card) -> card);
    private final Map<String, Deque<Function<Ask, CompletionStage<Answer>>>> scripts = new HashMap<>();
    private final Map<String, Deque<Pending>> pending = new HashMap<>();
    private Terms terms = Terms.USUAL;
    final Dispatch dispatch = new Dispatch(this, time, time::nanoTime, () -> terms);

    void terms(Terms wanted) {
        terms = wanted;
    }

    /** A backend at home with the model {@code m}. */
    Staged backend(String name, int limit) {
        return backend(name, limit, Zone.RESTRICTED);
    }

    Staged backend(String name, int limit, Zone zone) {
        Backend backend = new Backend(name, Backend.Speaks.OPENAI, URI.create("http://x"), null, Timeouts.DEFAULT);
        registry.put(new Registration(backend, "generic", zone, 1, 50, 1, limit, List.of(), Source.FILE));
        registry.report(
                name, Report.well(List.of(Card.named("m")), 0, null, Duration.ofMillis(1)), Registry.Thresholds.USUAL);
        return this;
    }

    /** What a backend does with its next questions; it answers well where nothing is said. */
    void plays(String name, List<Function<Ask, CompletionStage<Answer>>> acts) {
        scripts.computeIfAbsent(name, key -> new ArrayDeque<>()).addAll(acts);
    }

    void plays(String name, Function<Ask, CompletionStage<Answer>> act) {
        plays(name, List.of(act));
    }

    static Function<Ask, CompletionStage<Answer>> status(int status) {
        return ask ->
                CompletableFuture.completedFuture(Answer.of(status, "application/json", ByteStream.of(new byte[0])));
    }

    static Function<Ask, CompletionStage<Answer>> busyFor(int seconds) {
        return ask -> CompletableFuture.completedFuture(
                Answer.refusal(429, ByteStream.of(new byte[0]), Map.of("retry-after", Integer.toString(seconds))));
    }

    static Function<Ask, CompletionStage<Answer>> fails(Fault fault) {
        return ask -> CompletableFuture.failedFuture(new ChatException(fault, fault.code()));
    }

    /** It says nothing until it is told to. */
    Function<Ask, CompletionStage<Answer>> waits(String name) {
        return ask -> {
            Pending question = new Pending(ask, new CompletableFuture<>());
            pending.computeIfAbsent(name, key -> new ArrayDeque<>()).add(question);
            ask.cancel().onCancel(() -> {
                cancelled.add(name);
                question.answer().completeExceptionally(new ChatException(Fault.CANCELLED, "the caller is gone"));
            });
            return question.answer();
        };
    }

    /** The backend's oldest question gets this answer. */
    void answer(String name, Function<Ask, CompletionStage<Answer>> act) {
        Pending question = Objects.requireNonNull(pending.get(name)).remove();
        act.apply(question.ask()).whenComplete((answer, failure) -> {
            if (failure == null) {
                question.answer().complete(answer);
            } else {
                question.answer().completeExceptionally(failure);
            }
        });
    }

    @Override
    public CompletionStage<Answer> ask(Backend backend, Ask ask) {
        asked.add(backend.name());
        Deque<Function<Ask, CompletionStage<Answer>>> script = scripts.get(backend.name());
        return (script == null || script.isEmpty() ? status(200) : script.remove()).apply(ask);
    }

    Offer offer(String name) {
        return registry.roster().offers("m").stream()
                .filter(offer -> offer.member().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    int inFlight(String name) {
        return offer(name).member().load().inFlight();
    }

    /** Asks these, in this order, with five minutes of time. */
    CompletableFuture<Answer> request(String... names) {
        return request(new Cancel(), Errand.Priority.NORMAL, 300_000, names);
    }

    CompletableFuture<Answer> request(Cancel cancel, Errand.Priority priority, long millis, String... names) {
        List<Candidate> candidates = Arrays.stream(names)
                .map(name -> Candidate.of(offer(name), "", null))
                .toList();
        Deadline deadline = Deadline.in(Duration.ofMillis(millis), time.nanoTime());
        return dispatch.ask(
                        new Plan(candidates, "m", List.of()),
                        candidate -> new Ask(
                                "id",
                                Call.Dialect.CHAT,
                                true,
                                false,
                                new byte[0],
                                deadline,
                                cancel,
                                new Tab(),
                                Runnable::run),
                        new Errand(Runnable::run, deadline, cancel, true, priority, Attempts.UNTOLD))
                .toCompletableFuture();
    }
}

package io.llmnet.discovery.operation;

import io.llmnet.discovery.probe.Prober;
import io.llmnet.discovery.probe.Visits;
import io.llmnet.discovery.profile.Profile;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.discovery.profile.Step;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Member;
import io.llmnet.registry.Registry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads and unloads models at the backends whose kind can be told to. One operation a backend at a time; the last hundred
 * are remembered. Safe from any thread, and never waits.
 */
public final class ModelOperations {
    private static final int REMEMBERED = 100;
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final long LOOK_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final Registry registry;
    private final Profiles profiles;
    private final Visits visits;
    private final Prober prober;
    private final Supplier<Duration> timeout;
    private final Consumer<String> probeSoon;
    private final InstantSource clock = InstantSource.system();
    /** The newest last; guarded by this. */
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Who waits for the end of which; guarded by this. */
    private final Map<String, CompletableFuture<Operation>> ends = new HashMap<>();

    /**
     * None yet.
     *
     * @param context the event loop of the prober
     * @param timeout of bringing a model into memory, or out of it; a download that tells how it goes on may take longer
     * @param probeSoon is told of backends whose models have changed
     */
    public ModelOperations(
            Vertx vertx,
            Context context,
            Registry registry,
            Profiles profiles,
            Visits visits,
            Prober prober,
            Supplier<Duration> timeout,
            Consumer<String> probeSoon) {
        this.vertx = vertx;
        this.context = context;
        this.registry = registry;
        this.profiles = profiles;
        this.visits = visits;
        this.prober = prober;
        this.timeout = timeout;
        this.probeSoon = probeSoon;
    }

    /**
     * Begins to load a model.
     *
     * @throws ChatException when there is no such backend, when it cannot be told to, or when it is busy with another
     */
    public Operation load(String model, String backend) {
        return begin(Operation.Kind.LOAD, model, backend);
    }

    /**
     * Begins to let a backend forget a model.
     *
     * @throws ChatException as of {@link #load}
     */
    public Operation unload(String model, String backend) {
        return begin(Operation.Kind.UNLOAD, model, backend);
    }

    /** The models that are in a backend's memory; fails with a {@link ChatException}. */
    public CompletionStage<List<String>> loaded(String backend) {
        Member member = member(backend);
        Profile kind = profiles.of(member.said().kind());
        Promise<List<String>> names = Promise.promise();
        context.runOnContext(nothing -> prober.loaded(member.backend(), kind)
                .recover(why -> Future.failedFuture(new ChatException(
                        Fault.BACKEND_UNREACHABLE, "the backend " + backend + " does not say what it has loaded", why)))
                .onComplete(names));
        return names.future().toCompletionStage();
    }

    /** The operation of that id; empty when it is not known, or forgotten. */
    public synchronized Optional<Operation> operation(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** How an operation ends, once it has; that of one that is not known is never told. */
    public synchronized CompletionStage<Operation> end(String id) {
        Operation known = operations.get(id);
        return known != null && known.status() != Operation.Status.IN_PROGRESS
                ? CompletableFuture.completedFuture(known)
                : ends.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    /** The operation that goes on at a backend. */
    public synchronized Optional<Operation> current(String backend) {
        return operations.values().stream()
                .filter(one -> one.backend().equals(backend) && one.status() == Operation.Status.IN_PROGRESS)
                .findFirst();
    }

    /** All that are remembered, the newest last. */
    public synchronized List<Operation> all() {
        return List.copyOf(operations.values());
    }

    private Member member(String backend) {
        Member member = registry.named(backend);
        if (member == null) {
            throw ChatException.in("backend", Fault.NOT_FOUND, "there is no backend " + backend);
        }
        return member;
    }

    private Operation begin(Operation.Kind what, String model, String backend) {
        Member member = member(backend);
        Profile kind = profiles.of(member.said().kind());
        List<Step> steps = what == Operation.Kind.LOAD ? kind.load() : kind.unload();
        if (steps.isEmpty()) {
            throw new ChatException(
                    Fault.NOT_IMPLEMENTED,
                    "the backend " + backend + " is of the kind " + kind.kind() + ", which cannot be told to "
                            + what.word() + " a model");
        }
        Operation begun = new Operation(
                "op-" + UUID.randomUUID(),
                what,
                model,
                backend,
                Operation.Status.IN_PROGRESS,
                clock.instant(),
                null,
                0,
                null);
        enter(begun);
        context.runOnContext(nothing -> new Run(begun, member, kind, steps).step(0));
        return begun;
    }

    private synchronized void enter(Operation begun) {
        current(begun.backend()).ifPresent(busy -> {
            throw new ChatException(
                    Fault.CONFLICT,
                    "the backend " + busy.backend() + " is busy: " + busy.kind().word() + " of " + busy.model() + " ("
                            + busy.id() + "); wait until it has ended");
        });
        operations.put(begun.id(), begun);
        operations.values().stream()
                .filter(one -> one.status() != Operation.Status.IN_PROGRESS)
                .limit(Math.max(0, operations.size() - REMEMBERED))
                .map(Operation::id)
                .toList()
                .forEach(operations::remove);
    }

    private synchronized void set(Operation changed) {
        operations.put(changed.id(), changed);
    }

    private synchronized @Nullable CompletableFuture<Operation> awaited(String id) {
        return ends.remove(id);
    }

    private static String words(Duration time) {
        return time.toSeconds() < 1 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }

    /** One operation on its way; on the event loop. */
    private final class Run {
        private final Member member;
        private final Profile kind;
        private final List<Step> steps;
        private final long beganNanos = System.nanoTime();
        private Operation now;

        Run(Operation begun, Member member, Profile kind, List<Step> steps) {
            this.now = begun;
            this.member = member;
            this.kind = kind;
            this.steps = steps;
        }

        void step(int index) {
            if (index == steps.size()) {
                end(now.completed(clock.instant()));
                return;
            }
            Step step = steps.get(index);
            Lines lines = new Lines(line -> {
                double share = step.progress(line);
                if (share >= 0) {
                    now = now.at(share);
                    set(now);
                }
            });
            Duration most = most(step);
            visits.stream(member.backend(), step.post(), step.bodyOf(now.model()), most, lines::add)
                    .onFailure(why -> fail("the backend did not answer to the end"))
                    .onSuccess(status -> {
                        lines.end();
                        if (status >= 300 || lines.error() != null) {
                            fail(refusal(status, lines.error()));
                        } else if (step.goesOn()) {
                            await(index + 1, System.nanoTime() + most.toNanos());
                        } else {
                            step(index + 1);
                        }
                    });
        }

        /** Looks at what is loaded until it is so. */
        private void await(int next, long untilNanos) {
            if (System.nanoTime() - untilNanos > 0) {
                fail("the backend has not done it within " + words(timeout.get()));
                return;
            }
            prober.loaded(member.backend(), kind).onComplete(end -> {
                boolean isLoaded = end.succeeded() && end.result().contains(now.model());
                if (end.succeeded() && isLoaded == (now.kind() == Operation.Kind.LOAD)) {
                    step(next);
                } else if (registry.named(member.name()) == null) {
                    fail("the backend is gone");
                } else {
                    vertx.setTimer(LOOK_MILLIS, id -> await(next, untilNanos));
                }
            });
        }

        /** In the backend's words, unless they repeat its key. */
        private String refusal(int status, @Nullable String words) {
            String key = member.backend().apiKey();
            boolean isTold = words != null && !words.isBlank() && (key == null || !words.contains(key));
            return "the backend refused" + (status >= 300 ? " (status " + status + ")" : "")
                    + (isTold ? ": " + words : "");
        }

        /** How long a step may take. */
        private Duration most(Step step) {
            Duration left = LONGEST.minusNanos(System.nanoTime() - beganNanos);
            Duration usual = timeout.get();
            return step.done() == null && usual.compareTo(left) < 0 ? usual : left;
        }

        private void fail(String why) {
            end(now.failed(clock.instant(), why));
        }

        private void end(Operation ended) {
            set(ended);
            probeSoon.accept(ended.backend());
            CompletableFuture<Operation> awaited = awaited(ended.id());
            if (awaited != null) {
                awaited.complete(ended);
            }
        }
    }
}

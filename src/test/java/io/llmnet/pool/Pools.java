package io.llmnet.pool;

import io.llmnet.cache.Answers;
import io.llmnet.cache.Lasting;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Cancel;
import io.llmnet.dispatch.Timers;
import io.llmnet.dispatch.VirtualTime;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.registry.Breaker;
import io.llmnet.settings.CacheSettings;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A pool of scripted councils, on a clock that stands still. */
public final class Pools {
    static final Breaker.Terms BREAKER = new Breaker.Terms(10, 4, 0.5, Duration.ofMinutes(5));

    final VirtualTime time = new VirtualTime();
    public final ScriptedCouncils councils = new ScriptedCouncils();
    final Map<String, Answer> kept = new ConcurrentHashMap<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<String> opened = new CopyOnWriteArrayList<>();
    public volatile GatewaySettings settings = with(task("rerank", Strategy.VOTING), CacheSettings.USUAL);
    public final ModelPool pool;

    Pools() {
        this.pool = pool(time, time::nanoTime);
    }

    /** By another clock. */
    public Pools(Timers timers, LongSupplier nanos) {
        this.pool = pool(timers, nanos);
    }

    private ModelPool pool(Timers timers, LongSupplier nanos) {
        return new ModelPool(
                () -> settings,
                councils,
                keeping(),
                (task, prompt) -> Optional.empty(),
                new Readiness(seat -> !seat.model().equals("ill"), "1.2.3"),
                watcher(),
                timers,
                nanos);
    }

    public static Council council(String name, Strategy strategy, String... models) {
        List<Seat> seats = new ArrayList<>();
        for (String model : models) {
            seats.add(new Seat("seat-" + model, model, null, 1));
        }
        return new Council(name, strategy, seats, null, Terms.USUAL);
    }

    public static PoolSettings.Task task(String name, Strategy strategy) {
        return new PoolSettings.Task(council(name, strategy, "a", "b", "c"), true, null, null, null, 0.3);
    }

    public static PoolSettings pool(PoolSettings.Task... tasks) {
        Map<String, PoolSettings.Task> byName = new HashMap<>();
        for (PoolSettings.Task task : tasks) {
            byName.put(task.council().name(), task);
        }
        return new PoolSettings(null, null, null, PoolSettings.Bounds.USUAL, byName, null, BREAKER, null);
    }

    static GatewaySettings with(PoolSettings.Task task, CacheSettings cache) {
        return with(pool(task), cache);
    }

    public static GatewaySettings with(PoolSettings pool, CacheSettings cache) {
        GatewaySettings usual = GatewaySettings.USUAL;
        return new GatewaySettings(
                usual.backends(),
                usual.models(),
                usual.rules(),
                usual.terms(),
                usual.discovery(),
                usual.budget(),
                usual.fleet(),
                usual.lifecycle(),
                usual.timeouts(),
                usual.continueBrokenStreams(),
                usual.ensembles(),
                pool,
                cache);
    }

    public static CacheSettings noCache() {
        CacheSettings usual = CacheSettings.USUAL;
        return new CacheSettings(false, false, null, usual.ttl(), usual.entries(), usual.size(), null);
    }

    /** Keeps for ever what may be kept, and shares nothing that is still to come. */
    private Answers keeping() {
        return (call, keeping, ask) -> {
            Answer known = keeping.reads() ? kept.get(keeping.key()) : null;
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            return ask.apply(call)
                    .thenCompose(answer -> answer.body().whole().thenApply(body -> {
                        Answer whole = answer.withBody(ByteStream.of(body));
                        if (keeping.writes() && Lasting.is(whole)) {
                            kept.put(keeping.key(), whole);
                        }
                        return whole;
                    }));
        };
    }

    private Watcher watcher() {
        return new Watcher() {
            @Override
            public void ended(Outcome outcome) {
                outcomes.add(outcome);
            }

            @Override
            public void opened(String task, String seat) {
                opened.add(task + "/" + seat);
            }
        };
    }

    /** A query of which everything may be said otherwise. */
    static final class Draft {
        @Nullable
        String requestId;

        @Nullable
        String tenant;

        @Nullable
        String project;

        String task = "rerank";
        String prompt = "which?";

        @Nullable
        Integer maxTokens;

        @Nullable
        Duration deadline;

        @Nullable
        Strategy strategy;

        @Nullable
        Profile profile;

        boolean keep = true;

        @Nullable
        String wish;

        @Nullable
        String key;

        Cancel cancel = new Cancel();

        Query query() {
            return new Query(
                    Caller.of(name -> name.equals("authorization") ? key : null, keep ? wish : "no-store"),
                    requestId,
                    tenant,
                    project,
                    task,
                    prompt,
                    maxTokens,
                    deadline,
                    strategy,
                    profile,
                    cancel,
                    Runnable::run);
        }
    }

    static Draft ask() {
        return new Draft();
    }

    static Draft ask(String prompt) {
        Draft draft = new Draft();
        draft.prompt = prompt;
        return draft;
    }

    Heard infer(Draft draft) {
        return new Heard(pool.infer(draft.query()));
    }
}

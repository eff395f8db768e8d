package io.llmnet.gateway;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Demand;
import io.llmnet.dispatch.Attempts;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.dispatch.Errand;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.registry.Registry;
import io.llmnet.registry.Roster;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Decision;
import io.llmnet.routing.Needs;
import io.llmnet.routing.NoPlan;
import io.llmnet.routing.Plan;
import io.llmnet.routing.Router;
import io.llmnet.routing.Wish;
import io.llmnet.routing.Wish.Strictness;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers calls by the best of all backends. One for the whole process, safe from any thread. */
public final class Gateway {
    /**
     * What can change while it runs.
     *
     * @param router who chooses
     * @param continues whether another backend goes on where one broke off
     */
    public record Settings(Router router, boolean continues) {}

    private final Registry registry;
    private final Dispatch dispatch;
    private final Supplier<Settings> settings;
    private final Supplier<Allowance> budget;
    private final Function<String, Continuing> continuing;
    private final LongSupplier nanoTime;
    private final List<Consumer<Outcome>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Sight>> sights = new CopyOnWriteArrayList<>();
    private final List<Judge> judges = new CopyOnWriteArrayList<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final AtomicLong continued = new AtomicLong();

    /** Is told of every attempt; must neither wait nor throw. */
    @FunctionalInterface
    public interface Watcher {
        void attempted(Candidate candidate, Attempts.End end, long nanos, @Nullable String why);
    }

    /** Is told of every decision; must neither wait nor throw. */
    @FunctionalInterface
    public interface Judge {
        void decided(Decision decision, long nanos);
    }

    /**
     * Over the backends of a registry.
     *
     * @param continuing how servers of a kind are asked to go on
     */
    public Gateway(
            Registry registry,
            Dispatch dispatch,
            Supplier<Settings> settings,
            Supplier<Allowance> budget,
            Function<String, Continuing> continuing,
            LongSupplier nanoTime) {
        this.registry = registry;
        this.dispatch = dispatch;
        this.settings = settings;
        this.budget = budget;
        this.continuing = continuing;
        this.nanoTime = nanoTime;
    }

    /** Tells of every request that is over. */
    public void onOutcome(Consumer<Outcome> listener) {
        listeners.add(listener);
    }

    /** Tells of every decision, and how long it took. */
    public void onDecision(Judge judge) {
        judges.add(judge);
    }

    /** Tells what models were seen to do; seldom, and on the requests' threads. */
    public void onSight(Consumer<Sight> listener) {
        sights.add(listener);
    }

    /** Tells of every attempt. */
    public void onAttempt(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Whether there are no backends at all. */
    public boolean isEmpty() {
        return registry.roster().members().isEmpty();
    }

    /** The models of the backends that are well, in order. */
    public Set<String> models() {
        return registry.roster().models();
    }

    /** Whether any backend, be it well or not, could answer for a name: a model's, an alias', or one with a stand-in. */
    public boolean knows(String model) {
        return settings.get().router().knows(model, registry.roster());
    }

    /** Answers a call; fails with a ChatException. To be called on the call's home. */
    public CompletionStage<Answer> ask(Call call) {
        try {
            return call.dialect() == Call.Dialect.EMBEDDINGS
                    ? new Embedding(this, call, backends(call.model())).answer()
                    : routed(call);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Has one backend, and no other, answer a chat; fails with a ChatException. To be called on the call's home.
     *
     * @param backend its name
     */
    public CompletionStage<Answer> ask(Call call, String backend) {
        try {
            return routed(call, backend);
        } catch (ChatException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How many could work on a model at once. */
    private int backends(@Nullable String model) {
        Roster roster = registry.roster();
        return model == null
                ? 0
                : (int) roster.offers(settings.get().router().resolved(model)).stream()
                        .filter(offer -> offer.member().isUp())
                        .count();
    }

    /** Has one backend answer a call. */
    CompletionStage<Answer> routed(Call call) {
        return routed(call, null);
    }

    private CompletionStage<Answer> routed(Call call, @Nullable String backend) {
        String model = call.model();
        if (model == null) {
            throw ChatException.in("model", Fault.BAD_REQUEST, "\"model\" is missing; name one of GET /v1/models");
        }
        long startNanos = nanoTime.getAsLong();
        Roster roster = registry.roster();
        Decision decision = settings.get()
                .router()
                .decide(wish(call, model, backend), roster, budget.get().purse(), startNanos);
        long nanos = nanoTime.getAsLong() - startNanos;
        judges.forEach(judge -> judge.decided(decision, nanos));
        return decision.match(new Decision.Cases<>() {
            @Override
            public CompletionStage<Answer> plan(Plan plan) {
                return new Request(
                                Gateway.this,
                                call,
                                Hops.within(plan, call),
                                priority(call.header()),
                                System.currentTimeMillis(),
                                startNanos)
                        .answer();
            }

            @Override
            public CompletionStage<Answer> noPlan(NoPlan none) {
                ChatException refused = Refused.of(none, model);
                tell(refused(call, model, none));
                return CompletableFuture.failedFuture(refused);
            }
        });
    }

    /** Who would be asked for a call, and why; nobody is. */
    public Decision explain(String model, Demand demand, boolean embeddings, UnaryOperator<@Nullable String> header) {
        return settings.get()
                .router()
                .decide(
                        wish(model, demand, embeddings, header, null),
                        registry.roster(),
                        budget.get().purse(),
                        nanoTime.getAsLong());
    }

    private static Wish wish(Call call, String model, @Nullable String backend) {
        return wish(model, call.demand(), call.dialect() == Call.Dialect.EMBEDDINGS, call.header(), backend);
    }

    private static Wish wish(
            String model,
            Demand demand,
            boolean embeddings,
            UnaryOperator<@Nullable String> header,
            @Nullable String backend) {
        Needs needs = new Needs(
                demand.promptTokens(), demand.maxTokens(), demand.vision(), demand.tools(), demand.json(), embeddings);
        return new Wish(model, needs, strictness(header), conversation(demand, header), backend);
    }

    private static Strictness strictness(UnaryOperator<@Nullable String> header) {
        if (header.apply("x-nexus-strict") != null) {
            return Strictness.STRICT;
        }
        return "true".equalsIgnoreCase(header.apply("x-nexus-flexible")) ? Strictness.FLEXIBLE : Strictness.POLICY;
    }

    private static long conversation(Demand demand, UnaryOperator<@Nullable String> header) {
        String session = header.apply("x-session-id");
        if (session == null) {
            session = header.apply("x-claude-code-session-id");
        }
        return session == null ? demand.conversation() : session.hashCode() * 0x9E3779B97F4A7C15L;
    }

    private static Errand.Priority priority(UnaryOperator<@Nullable String> header) {
        String wanted = header.apply("x-nexus-priority");
        return switch (wanted == null ? "" : wanted.trim().toLowerCase(Locale.ROOT)) {
            case "high" -> Errand.Priority.HIGH;
            case "low" -> Errand.Priority.LOW;
            default -> Errand.Priority.NORMAL;
        };
    }

    private Outcome refused(Call call, String model, NoPlan none) {
        Zone zone = none.zone();
        return new Outcome(
                call.id(),
                call.dialect(),
                call.stream(),
                model,
                model,
                null,
                null,
                zone,
                none.fault().status(),
                none.fault().code(),
                none.message(),
                System.currentTimeMillis(),
                0,
                0,
                call.tab().total(),
                0,
                0,
                0,
                "",
                null);
    }

    /** How many answers were continued by another backend. */
    public long continuations() {
        return continued.get();
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Allowance budget() {
        return budget.get();
    }

    boolean continues() {
        return settings.get().continues();
    }

    Continuing continuing(Candidate candidate) {
        return candidate.offer() == null
                ? Continuing.NONE
                : continuing.apply(candidate.offer().member().said().kind());
    }

    void continued() {
        continued.incrementAndGet();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    void tell(Outcome outcome) {
        listeners.forEach(listener -> listener.accept(outcome));
    }

    void saw(Sight sight) {
        sights.forEach(listener -> listener.accept(sight));
    }

    void attempted(Candidate candidate, Attempts.End end, long nanos, @Nullable String why) {
        watchers.forEach(watcher -> watcher.attempted(candidate, end, nanos, why));
    }
}

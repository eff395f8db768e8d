package io.llmnet.app;

import io.llmnet.backend.Wire;
import io.llmnet.camel.Gate;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.discovery.Discovery;
import io.llmnet.discovery.Knowledge;
import io.llmnet.discovery.Self;
import io.llmnet.discovery.profile.Profiles;
import io.llmnet.dispatch.Attempts;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.dispatch.Timers;
import io.llmnet.gateway.Allowance;
import io.llmnet.gateway.Continuing;
import io.llmnet.gateway.Gateway;
import io.llmnet.gateway.InnerWire;
import io.llmnet.gateway.Sight;
import io.llmnet.gateway.ledger.Ledger;
import io.llmnet.gateway.ledger.Spending;
import io.llmnet.registry.Ability;
import io.llmnet.registry.Capabilities;
import io.llmnet.registry.Card;
import io.llmnet.registry.Registration;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Router;
import io.llmnet.settings.GatewaySettings;
import io.llmnet.settings.Listed;
import io.llmnet.settings.ModelFacts;
import io.llmnet.telemetry.gateway.GatewayMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends, those who find them, and the gateway over them: made of the settings, and made anew as these change. */
final class Backends implements AutoCloseable {
    private static final int MOST_SEEN = 10_000;

    /** What of the settings a request needs, all of one version. */
    private record Live(GatewaySettings settings, Gateway.Settings gateway) {
        static Live of(GatewaySettings settings) {
            Router router = new Router(settings.rules(), new SplittableRandom());
            return new Live(settings, new Gateway.Settings(router, settings.continueBrokenStreams()));
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Backends.class);

    private final Vertx vertx;
    private final Profiles profiles;
    private final Knowledge knowledge;
    /** What models were seen to do, by backend and model. */
    private final Map<String, Capabilities> seen = new ConcurrentHashMap<>();

    private final Registry registry;
    private final Dispatch dispatch;
    private final Gateway gateway;
    private final Ledger ledger;
    private final Map<String, Listed> listed = new HashMap<>();
    private volatile Live live;
    private volatile @Nullable Discovery discovery;
    private @Nullable Gate gate;

    /**
     * Known to nobody yet.
     *
     * @param own where profiles of the user's own are
     * @param kept where spending and demand are kept; null for nowhere
     */
    Backends(
            Vertx vertx,
            Wire wire,
            Timers timers,
            MeterRegistry metrics,
            GatewaySettings settings,
            @Nullable Path own,
            @Nullable Path kept) {
        this.vertx = vertx;
        this.live = Live.of(settings);
        this.profiles = Profiles.with(own);
        profiles.problems().forEach(problem -> LOGGER.warn("{}", problem));
        this.knowledge = new Knowledge(profiles, this::said);
        this.registry = new Registry(InstantSource.system(), this::known);
        this.dispatch = new Dispatch(
                new InnerWire(wire, this::gateway),
                timers,
                System::nanoTime,
                () -> live.settings().terms());
        this.ledger = new Ledger(
                InstantSource.system(),
                System::nanoTime,
                Settled.budget(settings),
                Settled.fleet(settings),
                member -> !profiles.of(member.said().kind()).load().isEmpty(),
                kept);
        this.gateway = new Gateway(
                registry, dispatch, () -> live.gateway(), this::allowance, Continuing::of, System::nanoTime);
        GatewayMeters meters =
                new GatewayMeters(metrics, registry, ledger.spending(), dispatch::waiting, System::nanoTime);
        gateway.onDecision(meters::decided);
        gateway.onOutcome(ledger);
        gateway.onOutcome(meters);
        gateway.onAttempt(this::attempted);
        gateway.onSight(this::saw);
        FunctionCounter.builder("llmnet.continuations", gateway, Gateway::continuations)
                .description("answers that broke off and that another backend has gone on with")
                .register(metrics);
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Gateway gateway() {
        return gateway;
    }

    Registry registry() {
        return registry;
    }

    Ledger ledger() {
        return ledger;
    }

    GatewaySettings settings() {
        return live.settings();
    }

    /** The model that a name stands for now. */
    String meant(String name) {
        return live.gateway().router().resolved(name);
    }

    /** Who finds them; null before the start. */
    @Nullable
    Discovery discovery() {
        return discovery;
    }

    Profiles profiles() {
        return profiles;
    }

    /** Camel runs, and the gateway's route is there: takes the listed in, and begins to look for others. */
    void open(CamelContext camel, Self whoWeAre) throws Exception {
        gate = new Gate(camel, "direct:llmnet-gateway");
        GatewaySettings settings = live.settings();
        Discovery beginning = new Discovery(vertx, registry, profiles, Settled.options(settings), whoWeAre);
        discovery = beginning;
        takeIn(settings, beginning);
        beginning.start();
    }

    /** The settings have changed. Requests that are under way end by the old ones. */
    void change(GatewaySettings settings) {
        live = Live.of(settings);
        ledger.spending().budget(Settled.budget(settings));
        ledger.fleet().terms(Settled.fleet(settings));
        Discovery current = discovery;
        registry.knowMore();
        if (current != null) {
            current.change(Settled.options(settings));
            takeIn(settings, current);
        }
    }

    /**
     * Puts those in that are listed, and takes those out that are so no longer. Who is listed as before stays as it is: its
     * kind may have been found out meanwhile.
     */
    private void takeIn(GatewaySettings settings, Discovery finder) {
        Map<String, Listed> now = new HashMap<>();
        for (Listed one : settings.backends()) {
            now.put(one.name(), one);
            if (!one.equals(listed.get(one.name()))) {
                redact(one.apiKey());
                finder.put(registration(one));
            }
        }
        listed.keySet().stream().filter(name -> !now.containsKey(name)).forEach(finder::remove);
        listed.clear();
        listed.putAll(now);
    }

    /** A key that shall stand in no log. */
    static void redact(@Nullable String key) {
        if (key != null) {
            Launch.secrets().redaction().learn(List.of(key));
        }
    }

    private Registration registration(Listed one) {
        String kind = one.kind() == null ? Profiles.AUTO : one.kind();
        var profile = profiles.of(kind);
        return one.registration(kind, profile.speaks(), profile.paths(), profile.zone(one.url()));
    }

    /** All that is known of a model: by the settings, by its server, by its name, and at last by what it was seen to do. */
    private Card known(Registration said, Card card) {
        Card told = knowledge.apply(said, card);
        Capabilities sight = seen.get(said.name() + "/" + card.id());
        return sight == null ? told : told.with(told.capabilities().or(sight));
    }

    private void saw(Sight sight) {
        if (seen.size() < MOST_SEEN) {
            seen.merge(sight.backend() + "/" + sight.model(), sight.can(), Capabilities::or);
            registry.knowMore();
        }
    }

    /** What the settings say of a model. */
    private @Nullable Card said(String model) {
        ModelFacts facts = live.settings().models().get(model);
        return facts == null ? null : new Card(model, facts.capabilities(), facts.price(), Ability.UNKNOWN, 0, 0);
    }

    private Allowance allowance() {
        Spending spending = ledger.spending();
        return new Allowance(
                spending.purse(), spending.status().nexus(), spending.utilizationPercent(), spending.remaining());
    }

    /** Who has failed is looked at before its next turn comes. */
    private void attempted(Candidate candidate, Attempts.End end, long nanos, @Nullable String why) {
        Discovery finder = discovery;
        if (end == Attempts.End.FAILED && finder != null) {
            finder.probeSoon(candidate.backend().name());
        }
    }

    CompletionStage<Answer> ask(Call call) {
        return Objects.requireNonNull(gate, "asked before it was open").ask(call);
    }

    @Override
    public void close() {
        Discovery finder = discovery;
        if (finder != null) {
            finder.close();
        }
        ledger.close();
    }
}

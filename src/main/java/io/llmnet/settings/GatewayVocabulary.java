package io.llmnet.settings;

import io.llmnet.config.Choice;
import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import io.llmnet.registry.Zone;
import io.llmnet.routing.Rules.Strategy;
import io.llmnet.settings.GatewaySettings.Budget;
import java.util.List;
import java.util.stream.Stream;

/** The keys of the settings file that are the gateway's. */
final class GatewayVocabulary {
    /** More money than anybody means. */
    static final double MUCH = 1_000_000_000;

    static final double CENT = 0.01;

    /** As many days as the ledger remembers. */
    static final int MOST_DAYS = 14;

    private static final Shape NAME = new Shape.Text(List.of(), false);
    private static final int ANY = Integer.MAX_VALUE;

    /** One of ours, or one that a profile of the user's own describes. */
    private static final Shape KIND = new Shape.Either(List.of(
            new Shape.Text(
                    Stream.concat(Kinds.NAMES.stream(), Stream.of(Kinds.AUTO)).toList(), false),
            NAME));

    static final Key DISCOVERY = Key.map(
            "discovery",
            Form.of(
                    "discovery",
                    "Which servers are looked for, and how they are looked after.",
                    Key.truth("machine", "Whether this machine's usual ports are swept. Default: true.")
                            .elsewhere("local", "localhost"),
                    Key.duration("sweep", "How often they are. Default: 5s."),
                    Key.of(
                            "ports",
                            new Shape.Items(new Shape.Whole(1, Vocabulary.LARGEST_PORT)),
                            "The ports of this machine that are swept. Default: the usual ones."),
                    Key.truth("mdns", "Whether announcements in the local network are heard. Default: true.")
                            .elsewhere("enabled"),
                    Key.texts("services", "The types of services that are heard: _ollama._tcp.local and the like.")
                            .elsewhere("service-types", "service_types"),
                    Key.truth(
                            "announce",
                            "Whether this server announces itself there, too, where mdns is on. Default: true."),
                    Key.truth("swarm", "Whether the swarm of inference nodes is asked. Default: false.")
                            .elsewhere("dht")
                            .later(),
                    Key.truth("checks", "Whether servers that are known are probed. Default: true.")
                            .elsewhere("health-check", "health_check"),
                    Key.duration("every", "How often they are. Default: 30s.")
                            .elsewhere("interval", "interval_seconds"),
                    Key.duration("timeout", "Of one probe. Default: 5s."),
                    Key.duration("grace", "How long a server that vanished is kept. Default: 60s.")
                            .elsewhere("grace-period", "grace_period_seconds"),
                    Key.integer("failures", 1, 1000, "Failed probes in a row that take a server out. Default: 3.")
                            .elsewhere("failure-threshold", "failure_threshold"),
                    Key.integer("recoveries", 1, 1000, "Good probes in a row that take it in again. Default: 2.")
                            .elsewhere("recovery-threshold", "recovery_threshold")),
            "Which servers are looked for.");

    static final Key BACKENDS = Key.list(
                    "backends",
                    Form.of(
                            "backend",
                            "A model server.",
                            Key.text("name", "What headers, metrics and logs call it.")
                                    .required(),
                            Key.expanded("url", "Its root, with or without /v1.")
                                    .required(),
                            Key.of("kind", KIND, "What it is. Default: by its fingerprint.")
                                    .elsewhere("type"),
                            Key.expanded("api-key", "Sent as its kind wants it; take it from the environment: $NAME.")
                                    .elsewhere("key", "token", "api_key", "api_key_env"),
                            Key.choice(
                                    "zone",
                                    "restricted: at home; open: a cloud. Default: by its kind and address.",
                                    Choice.words(Zone.class)),
                            Key.integer("tier", 1, 5, "How capable its models are, 1 (best) to 5. Default: 1."),
                            Key.integer(
                                    "priority", 0, BackendReader.MOST_PRIORITY, "Lower is asked first. Default: 50."),
                            Key.decimal(
                                    "weight",
                                    BackendReader.LEAST_WEIGHT,
                                    BackendReader.MOST_WEIGHT,
                                    "Its share among equals. Default: 1."),
                            Key.integer(
                                    "max-concurrent",
                                    1,
                                    BackendReader.MOST_CONCURRENT,
                                    "Requests that it may work on at once. Default: what it says itself, else any."),
                            Key.texts("models", "The only models of it that are used; * is any text. Default: all."),
                            Key.map("timeouts", Vocabulary.TIMEOUTS, "How patient to be with it.")),
                    "The servers that there are.")
            .elsewhere("servers", "nodes");

    static final Key MODELS = Key.named(
            "models",
            Form.of(
                    "model",
                    "What its servers do not say of a model.",
                    Key.integer("context", 1, ANY, "Most tokens of prompt and answer together.")
                            .elsewhere("context-length", "context_length"),
                    Key.integer("max-output", 1, ANY, "Most tokens of an answer.")
                            .elsewhere("max-tokens"),
                    Key.truth("vision", "Whether it sees images."),
                    Key.truth("tools", "Whether it calls tools."),
                    Key.truth("json", "Whether it can be held to JSON.").elsewhere("json-mode", "json_mode"),
                    Key.truth("embeddings", "Whether it makes vectors, and is no chat model."),
                    Key.truth("reasoning", "Whether it thinks before it speaks."),
                    Key.map(
                            "price",
                            Form.of(
                                    "price",
                                    "What a model costs, in the currency of the budget.",
                                    Key.decimal("prompt", 0, MUCH, "Per million tokens that it reads. Default: 0."),
                                    Key.decimal(
                                            "completion", 0, MUCH, "Per million tokens that it writes. Default: 0.")),
                            "What it costs.")),
            "What servers do not say of their models, by name.");

    static final Key ALIASES = Key.of("aliases", new Shape.Names(NAME), "Other names of models.");

    static final Key FALLBACKS = Key.of(
            "fallbacks",
            new Shape.Names(new Shape.Items(NAME)),
            "Models that stand in for one that nobody can serve, best first.");

    static final Key ROUTING = Key.map(
            "routing",
            Form.of(
                    "routing",
                    "Which server is asked.",
                    Key.choice("strategy", "How the best is found. Default: smart.", Choice.words(Strategy.class)),
                    Key.map(
                            "weights",
                            Form.of(
                                    "weights",
                                    "What counts how much for the strategy smart; only the proportions matter.",
                                    Key.integer("priority", 0, 1_000_000, "Default: 50."),
                                    Key.integer("load", 0, 1_000_000, "Default: 30."),
                                    Key.integer("latency", 0, 1_000_000, "Default: 20.")),
                            "What counts how much."),
                    Key.truth("sticky", "Whether a conversation returns to the server that knows it. Default: true."),
                    Key.list(
                            "policies",
                            Form.of(
                                    "policy",
                                    "What is demanded of who answers for some models.",
                                    Key.text("models", "A pattern: * is any text, ? a character.")
                                            .required()
                                            .elsewhere("model-pattern", "model_pattern", "model"),
                                    Key.choice(
                                                    "zone",
                                                    "restricted: no cloud is asked. Default: any may be.",
                                                    Choice.words(Zone.class))
                                            .elsewhere("privacy"),
                                    Key.integer("tier", 1, 5, "The worst that will do, 1 (best) to 5. Default: any.")
                                            .elsewhere("min-tier", "min_tier"),
                                    Key.truth(
                                            "strict",
                                            "Whether nobody is asked rather than a worse one. Default: true.")),
                            "The first whose pattern fits the model counts.")),
            "Which server is asked.");

    static final Key RETRY = Key.map(
            "retry",
            Form.of(
                    "retry",
                    "How often it is tried again.",
                    Key.integer(
                            "attempts",
                            1,
                            TermsReader.MOST_ATTEMPTS,
                            "How often one server is asked for one request at most. Default: 3."),
                    Key.decimal(
                            "budget", 0, 1, "The share of recent requests that may be such repeats. Default: 0.2.")),
            "How often it is tried again.");

    static final Key HEDGE = Key.map(
            "hedge",
            Form.of(
                    "hedge",
                    "When a second server is asked while the first still thinks.",
                    Key.truth("enabled", "Whether it ever is. Default: true."),
                    Key.choice("after", "The server's own usual time to its first token.", TermsReader.MOMENTS),
                    Key.duration("at-least", "Not before this time. Default: 200ms."),
                    Key.decimal("budget", 0, 1, "The share of requests that may be asked twice. Default: 0.1.")),
            "When a second server is asked, too.");

    static final Key BREAKER = Key.map(
            "breaker",
            Form.of(
                    "breaker",
                    "When a server is left alone for a while.",
                    Key.integer("window", 1, TermsReader.LARGEST_WINDOW, "Outcomes that count. Default: 50."),
                    Key.integer(
                            "min-samples",
                            1,
                            TermsReader.LARGEST_WINDOW,
                            "Outcomes before it can be judged. Default: 5."),
                    Key.decimal("failure-rate", TermsReader.LEAST_RATE, 1, "The share of failures. Default: 0.5."),
                    Key.duration("open", "For how long. Default: 30s.")),
            "When a server is left alone.");

    static final Key QUEUE = Key.map(
            "queue",
            Form.of(
                    "queue",
                    "Who waits while all servers are busy.",
                    Key.integer("size", 0, TermsReader.MOST_WAITING, "Requests at most; 0 for none. Default: 256.")
                            .elsewhere("max-size", "max_size"),
                    Key.duration("wait", "How long at most. Default: 30s.")
                            .elsewhere("max-wait", "max_wait_seconds", "timeout")),
            "Who waits, and how long.");

    static final Key CONTINUE =
            Key.truth("continue-broken-streams", "Whether another server goes on where a stream broke. Default: true.");

    static final Key BUDGET = Key.map(
            "budget",
            Form.of(
                    "budget",
                    "What may be spent.",
                    Key.decimal("monthly", CENT, MUCH, "In a month, in the currency of the prices. Default: any."),
                    Key.decimal(
                            "soft", 0, 1, "From this share of it on, who costs nothing is preferred. Default: 0.75."),
                    Key.choice(
                            "hard-action",
                            "What follows when all is spent: warn, local-only (nobody who costs) or refuse. Default:"
                                    + " local-only.",
                            Choice.words(Budget.HardAction.class))),
            "What may be spent.");

    static final Key QUALITY = Key.map(
            "quality",
            Form.of(
                    "quality",
                    "When a model of a server is too bad to be asked.",
                    Key.duration("window", "How far back outcomes count, at most 1h. Default: 1h."),
                    Key.integer("min-samples", 1, 1_000_000, "Outcomes before it can be judged. Default: 10."),
                    Key.decimal("max-error-rate", 0, 1, "The share of failures that is too much. Default: 0.5."),
                    Key.duration("slow", "A longer mean time to the first token costs points. Default: 3s.")),
            "When a model is too bad.");

    static final Key FLEET = Key.map(
            "fleet",
            Form.of(
                    "fleet",
                    "Advice on which models to keep in memory.",
                    Key.truth("enabled", "Whether there is any. Default: true."),
                    Key.integer("sample-days", 1, MOST_DAYS, "Days of requests before there is any. Default: 7."),
                    Key.integer("min-requests", 1, ANY, "Requests to a model before there is any of it. Default: 100."),
                    Key.duration("every", "How often it is thought over. Default: 1h."),
                    Key.integer("max-recommendations", 1, 1000, "At a time. Default: 5.")),
            "Advice on which models to keep in memory.");

    static final Key LIFECYCLE = Key.map(
            "lifecycle",
            Form.of(
                    "lifecycle",
                    "How models are loaded and unloaded.",
                    Key.duration("timeout", "Of bringing one into memory; a download may take longer. Default: 5m."),
                    Key.decimal("vram-headroom", 0, 1, "Has no effect."),
                    Key.size("vram-assumed", "Has no effect.")),
            "How models are loaded and unloaded.");

    private GatewayVocabulary() {}
}

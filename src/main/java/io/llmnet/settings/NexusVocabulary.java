package io.llmnet.settings;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import java.util.List;

/** All keys of a {@code nexus.toml}. The reader can ask for no other. */
final class NexusVocabulary {
    static final int LONGEST_SECONDS = 31_536_000;
    static final int LONGEST_MILLIS = 1_000_000_000;

    private static final int ANY = Integer.MAX_VALUE;
    private static final Shape NAME = new Shape.Text(List.of(), false);

    private static final Form SERVER = Form.of(
            "server",
            "Where callers come in.",
            Key.text("host", "The address. Default: 0.0.0.0."),
            Key.integer("port", 1, Vocabulary.LARGEST_PORT, "Default: 8000."),
            seconds("request_timeout_seconds", "The most that a whole request may take. Default: 300."),
            seconds("first_byte_timeout_seconds", "From the request to the first byte of a stream. Default: 300."),
            Key.integer("max_concurrent_requests", 1, ANY, "Requests worked on at once. Default: any."));

    private static final Form DISCOVERY = Form.of(
            "discovery",
            "Which servers are looked for.",
            Key.truth("enabled", "Whether any are. Default: true."),
            Key.texts("service_types", "The types of services that are heard in the local network."),
            seconds("grace_period_seconds", "How long a server that vanished is kept. Default: 60."));

    private static final Form HEALTH = Form.of(
            "health_check",
            "How servers are looked after.",
            Key.truth("enabled", "Whether they are probed. Default: true."),
            seconds("interval_seconds", "How often. Default: 30."),
            seconds("timeout_seconds", "Of one probe. Default: 5."),
            Key.integer("failure_threshold", 1, 1000, "Failed probes in a row that take it out. Default: 3."),
            Key.integer("recovery_threshold", 1, 1000, "Good probes in a row that take it in again. Default: 2."));

    private static final Form POLICY = Form.of(
            "policy",
            "What is demanded of who answers for some models.",
            Key.text("model_pattern", "A pattern: * is any text, ? a character.")
                    .elsewhere("models", "model", "pattern"),
            Key.choice("privacy", "restricted: no cloud is asked.", NexusGateway.PRIVACIES),
            Key.decimal("max_cost_per_request", 0, GatewayVocabulary.MUCH, "Has no effect."),
            Key.integer("min_tier", 1, 5, "The worst that will do, 1 to 5 (best)."),
            Key.truth("fallback_allowed", "Has no effect."));

    private static final Form ROUTING = Form.of(
            "routing",
            "Which server is asked.",
            Key.text("strategy", "How the best is found. Default: smart."),
            Key.integer("max_retries", 0, TermsReader.MOST_ATTEMPTS - 1, "Repeats on one server. Default: 2."),
            Key.map(
                    "weights",
                    Form.of(
                            "weights",
                            "What counts how much.",
                            Key.integer("priority", 0, 1_000_000, "Default: 50."),
                            Key.integer("load", 0, 1_000_000, "Default: 30."),
                            Key.integer("latency", 0, 1_000_000, "Default: 20.")),
                    "What counts how much."),
            Key.of("aliases", new Shape.Names(NAME), "Other names of models."),
            Key.of("fallbacks", new Shape.Names(new Shape.Items(NAME)), "Models that stand in for one."),
            Key.of(
                    "policies",
                    new Shape.Either(List.of(
                            new Shape.Items(new Shape.Fields(POLICY)), new Shape.Names(new Shape.Fields(POLICY)))),
                    "The first whose pattern fits the model counts."),
            Key.map(
                    "budget",
                    Form.of(
                            "budget",
                            "What may be spent.",
                            Key.decimal(
                                    "monthly_limit_usd", GatewayVocabulary.CENT, GatewayVocabulary.MUCH, "A month."),
                            Key.decimal("soft_limit_percent", 0, 100, "Default: 75."),
                            Key.choice("hard_limit_action", "Default: warn.", NexusGateway.ACTIONS),
                            Key.integer("reconciliation_interval_secs", 0, ANY, "Has no effect.")),
                    "What may be spent."),
            Key.map(
                    "hedging",
                    Form.of(
                            "hedging",
                            "When a second server is asked, too.",
                            Key.truth("enabled", "Whether it ever is. Default: true."),
                            Key.decimal("max_extra_percent", 0, 100, "Requests that may be asked twice. Default: 10.")),
                    "When a second server is asked, too."));

    private static final Form BACKEND = Form.of(
            "backend",
            "A model server.",
            Key.text("name", "What headers, metrics and logs call it.").required(),
            Key.text("url", "Its root, with or without /v1.").required(),
            Key.text("type", "What it is.").elsewhere("kind", "backend_type"),
            Key.integer("priority", 0, BackendReader.MOST_PRIORITY, "Lower is asked first. Default: 50."),
            Key.text("api_key_env", "The environment variable with its key.").elsewhere("api_key", "api-key"),
            Key.text("zone", "restricted or open.").elsewhere("privacy_zone"),
            Key.integer("tier", 1, 5, "How capable its models are, 1 to 5 (best). Default: 1.")
                    .elsewhere("capability_tier"),
            Key.integer("max_concurrent", 0, BackendReader.MOST_CONCURRENT, "Requests at once; 0 for any."));

    private static final Form LOGGING = Form.of(
            "logging",
            "What is logged.",
            Key.text("level", "How much."),
            Key.text("format", "pretty or json."),
            Key.of("component_levels", new Shape.Names(NAME), "How much of a part."),
            Key.truth("enable_content_logging", "Whether traces may hold prompts and answers. Default: false."));

    private static final Form QUALITY = Form.of(
            "quality",
            "When a model is too bad.",
            Key.decimal("error_rate_threshold", 0, 1, "The share of failures that is too much. Default: 0.5.")
                    .elsewhere("error_rate", "max_error_rate"),
            Key.integer("ttft_penalty_threshold_ms", 1, LONGEST_MILLIS, "A slower one loses points. Default: 3000."),
            Key.integer("metrics_interval_seconds", 0, ANY, "Has no effect."));

    private static final Form QUEUE = Form.of(
            "queue",
            "Who waits while all are busy.",
            Key.truth("enabled", "Whether anybody may. Default: true."),
            Key.integer("max_size", 0, TermsReader.MOST_WAITING, "Requests at most; 0 for none. Default: 100.")
                    .elsewhere("max_queue_size", "size"),
            seconds("max_wait_seconds", "How long at most. Default: 30.")
                    .elsewhere("default_timeout_seconds", "timeout_seconds"));

    private static final Form LIFECYCLE = Form.of(
            "lifecycle",
            "How models are loaded and unloaded.",
            Key.integer(
                    "timeout_ms",
                    1,
                    LONGEST_MILLIS,
                    "Of bringing one into memory; a download may take longer. Default: 300000."),
            Key.decimal("vram_headroom_percent", 0, 100, "Has no effect."),
            Key.decimal("vram_buffer_percent", 0, 100, "Has no effect."),
            Key.decimal("vram_heuristic_max_gb", 0.1, 100_000, "Has no effect."));

    private static final Form FLEET = Form.of(
            "fleet",
            "Advice on which models to keep in memory.",
            Key.truth("enabled", "Whether there is any. Default: false."),
            Key.integer("min_sample_days", 1, 365, "More than 14 count as 14. Default: 7."),
            Key.integer("min_request_count", 1, ANY, "Default: 100."),
            seconds("analysis_interval_seconds", "Default: 3600."),
            Key.integer("max_recommendations", 1, 1000, "Default: 5."));

    /** The whole file. */
    static final Form FILE = Form.of(
            "nexus",
            "What a server does where no flag and no variable says otherwise.",
            Key.map("server", SERVER, "Where callers come in."),
            Key.map("discovery", DISCOVERY, "Which servers are looked for."),
            Key.map("health_check", HEALTH, "How servers are looked after."),
            Key.map("routing", ROUTING, "Which server is asked."),
            Key.list("backends", BACKEND, "The servers that there are."),
            Key.map("logging", LOGGING, "What is logged."),
            Key.map("quality", QUALITY, "When a model is too bad."),
            Key.map("queue", QUEUE, "Who waits."),
            Key.map("lifecycle", LIFECYCLE, "How models are loaded."),
            Key.map("fleet", FLEET, "Advice on models."));

    private NexusVocabulary() {}

    private static Key seconds(String name, String meaning) {
        return Key.integer(name, 1, LONGEST_SECONDS, meaning);
    }
}

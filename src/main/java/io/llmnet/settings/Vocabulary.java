package io.llmnet.settings;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.JsonSchema;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import java.util.List;

/** All keys of the settings file. The reader can ask for no other, and the schema is printed from here. */
public final class Vocabulary {
    static final int LARGEST_PORT = 65_535;
    static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

    private static final Form LISTEN = Form.of(
            "listen",
            "Where callers come in.",
            Key.expanded("host", "The address; 0.0.0.0 is open to others. Default: 127.0.0.1.")
                    .elsewhere("address", "bind-addr", "bind_addr", "bind"),
            Key.integer("port", 0, LARGEST_PORT, "0 takes a free one. Default: 8080.")
                    .elsewhere("bind-port", "bind_port"),
            Key.size("body-limit", "The largest request. Default: 64MiB.").elsewhere("max-body-size"),
            Key.integer(
                            "max-concurrent",
                            1,
                            Integer.MAX_VALUE,
                            "Requests worked on at once; more get 503. Default: any.")
                    .elsewhere("max-connections"));

    private static final Form MANAGEMENT = Form.of(
            "management",
            "Where consoles are.",
            Key.expanded("host", "The address. Default: 127.0.0.1.").elsewhere("address", "bind-addr", "bind_addr"),
            Key.integer("port", 0, LARGEST_PORT, "0 takes a free one. Default: 9876, or a free one."),
            Key.truth("camel-cli", "Whether Camel's own command line may look in. Default: false."));

    static final Form TIMEOUTS = Form.of(
            "timeouts",
            "How patient to be with a model server that has no timeouts of its own.",
            Key.duration("connect", "For a connection. Default: 2s."),
            Key.duration("first-byte", "From the request to the first byte of a stream. Default: 5m."),
            Key.duration("idle", "Between two chunks of an answer. Default: 60s."));

    private static final Form SHELL = Form.of(
            "shell",
            "Functions that are programs of this machine.",
            Key.truth("enabled", "Whether there may be any. Default: true."),
            Key.texts("allow", "The programs that may be called. Default: all.").elsewhere("allowed", "commands"),
            Key.truth("network", "Whether they may use the network. Default: false."));

    private static final Form FUNCTIONS =
            Form.of("functions", "What hooks may call.", Key.map("shell", SHELL, "Programs of this machine."));

    private static final Form TELEMETRY = Form.of(
            "telemetry",
            "What is told of requests, and to whom.",
            Key.expanded("otlp", "The address that takes traces by OTLP. Default: none.")
                    .elsewhere("endpoint"),
            Key.choice("log", "How much is logged. Default: warn.", LEVELS).elsewhere("level", "log-level"),
            Key.truth("log-prompts", "Whether traces may hold prompts and answers. Default: false."));

    private static final Form CAMEL = Form.of(
            "camel",
            "How pipelines become routes.",
            Key.integer(
                    "own-routes",
                    0,
                    1_000_000,
                    "How many pipelines get routes of their own; more share routes. Default: 500."));

    /** The whole file. */
    static final Form FILE = Form.of(
            "settings",
            "What a server does where no flag and no variable says otherwise.",
            Key.map("listen", LISTEN, "Where callers come in.").elsewhere("server", "http"),
            Key.map("management", MANAGEMENT, "Where consoles are."),
            Key.of(
                    "pipelines",
                    new Shape.Either(
                            List.of(new Shape.Text(List.of(), true), new Shape.Items(new Shape.Text(List.of(), true)))),
                    "Files or folders that are served where none is named, seen from this file's folder."),
            Key.duration("deadline", "The most that a whole request may take. Default: 5m.")
                    .elsewhere("timeout", "request-timeout"),
            Key.duration(
                            "sign-of-life",
                            "How long a stream may be silent before a comment keeps it alive. Default: 10s.")
                    .elsewhere("heartbeat", "keep-alive"),
            Key.map("timeouts", TIMEOUTS, "How patient to be with model servers."),
            Key.map("functions", FUNCTIONS, "What hooks may call."),
            Key.map("telemetry", TELEMETRY, "What is told of requests.")
                    .elsewhere("log", "logging", "tracing", "metrics"),
            Key.map("camel", CAMEL, "How pipelines become routes."),
            GatewayVocabulary.DISCOVERY,
            GatewayVocabulary.BACKENDS,
            GatewayVocabulary.MODELS,
            GatewayVocabulary.ALIASES,
            GatewayVocabulary.FALLBACKS,
            GatewayVocabulary.ROUTING,
            GatewayVocabulary.RETRY,
            GatewayVocabulary.HEDGE,
            GatewayVocabulary.BREAKER,
            GatewayVocabulary.QUEUE,
            GatewayVocabulary.CONTINUE,
            GatewayVocabulary.BUDGET,
            GatewayVocabulary.QUALITY,
            GatewayVocabulary.FLEET,
            GatewayVocabulary.LIFECYCLE,
            PoolVocabulary.ENSEMBLES,
            PoolVocabulary.TASKS,
            PoolVocabulary.CACHE,
            PoolVocabulary.POOL,
            Key.text("$schema", "Where editors find the schema of this file.").noted());

    private Vocabulary() {}

    /** The JSON Schema of the settings file. */
    public static String schema() {
        return JsonSchema.of("LLMNet settings", FILE);
    }
}

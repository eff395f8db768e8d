package io.llmnet.settings;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import java.util.List;

/** All keys of an {@code llm-pool.toml}, and those that its plans name. The reader can ask for no other. */
final class LlmPoolVocabulary {
    static final int LONGEST_MILLIS = 1_000_000_000;
    static final int LONGEST_SECONDS = 31_536_000;

    static final double LEAST_AGREEMENT = 0.01;

    private static final int ANY = Integer.MAX_VALUE;
    private static final Shape NAME = new Shape.Text(List.of(), false);

    private static final Form SERVER = Form.of(
            "server",
            "Where callers come in.",
            Key.text("grpc_addr", "The gRPC service. Default: 0.0.0.0:7070."),
            Key.text("http_addr", "/v1/infer. Default: 0.0.0.0:7071."),
            Key.text("listen_addr", "The gRPC service, where grpc_addr does not say it."),
            Key.truth("enable_grpc", "Whether that door is open. Default: true."),
            Key.truth("enable_http", "Whether that door is open. Default: true."));

    private static final Form QOS = Form.of(
            "qos",
            "What a request may ask for.",
            Key.integer("max_deadline_ms", 1, LONGEST_MILLIS, "Longer ones are refused. Default: 1500."),
            Key.integer("hedge_after_ms", 0, LONGEST_MILLIS, "FASTEST: when the next is asked, too. Default: 300."),
            Key.integer("max_prompt_bytes", 1, ANY, "Longer prompts are refused. Default: 16384."),
            Key.integer(
                    "max_tokens_default",
                    1,
                    PoolVocabulary.MOST_TOKENS,
                    "Of a request that names none. Default: 256."));

    private static final Form ENSEMBLE = Form.of(
            "ensemble",
            "How one answer comes of several.",
            Key.text("default_strategy", "Where no other is named. Default: FASTEST.")
                    .elsewhere("strategy"),
            Key.text("default", "The same."),
            Key.of("strategy_by_task", new Shape.Names(NAME), "Another for a task."));

    private static final Form CONSENSUS = Form.of(
            "consensus",
            "When CONSENSUS holds.",
            Key.decimal("threshold", LEAST_AGREEMENT, 1, "The share of all asked that must agree. Default: 0.7."),
            Key.text("fallback_strategy", "What decides where they do not. Default: nothing, which fails."));

    private static final Form BREAKER = Form.of(
            "breaker",
            "When a provider is left alone for a task for a while.",
            Key.decimal("fail_rate", TermsReader.LEAST_RATE, 1, "The share of failures. Default: 0.1."),
            Key.integer("window_size", 1, TermsReader.LARGEST_WINDOW, "Outcomes that count. Default: 50."),
            Key.integer("open_cooldown_ms", 1, LONGEST_MILLIS, "For how long. Default: 300000."));

    private static final Form CACHE = Form.of(
            "cache",
            "Where answers are kept.",
            Key.truth("enabled", "Whether they are. Default: true."),
            Key.text("driver", "memory or redis. Default: memory."),
            Key.expanded("url", "Of the Redis server: redis://127.0.0.1:6379/0, best as $NAME.")
                    .elsewhere("redis_url"),
            Key.integer("ttl_seconds", 1, LONGEST_SECONDS, "How long. Default: 900."),
            Key.texts("key_fields", "What answers are told apart by. All of them are, in any case."));

    private static final Form PROVIDER = Form.of(
            "provider",
            "A model, and the server that has it.",
            Key.text("name", "What callers and metrics see.").required(),
            Key.text("driver", "What the server is: ollama, vllm, openai, llamacpp, http and so on.")
                    .elsewhere("kind"),
            Key.text("type", "The same."),
            Key.expanded("base_url", "The server's root, with or without /v1.")
                    .required()
                    .elsewhere("url"),
            Key.expanded("api_key", "Sent as the server wants it; take it from the environment: $NAME."),
            Key.text("model", "Its name there.").required(),
            Key.texts("tasks", "What it does.").required(),
            Key.decimal(
                    "weight",
                    BackendReader.LEAST_WEIGHT,
                    BackendReader.MOST_WEIGHT,
                    "How much its voice counts. Default: 1."),
            Key.integer("timeout_ms", 1, LONGEST_MILLIS, "How long it may take to answer. Default: 5000."));

    private static final Form JUDGE = Form.of(
            "judge",
            "The model that picks.",
            Key.text(
                    "model_provider",
                    "The provider whose model it is. Default: the first that does the task judge, else the heaviest."),
            Key.integer("max_tokens", 1, PoolVocabulary.MOST_TOKENS, "Of its verdict. Default: 128."),
            Key.integer("deadline_ms", 1, LONGEST_MILLIS, "Of its call. Default: 700."),
            Key.text("fallback_strategy", "What decides where it is of no help. Default: VOTING."),
            Key.text("fallback", "The same."),
            Key.text("strategy", "Of no effect; [ensemble] names strategies.").noted());

    /** The whole file. */
    static final Form FILE = Form.of(
            "llm-pool",
            "What LLM Pool does.",
            Key.map("server", SERVER, "Where callers come in."),
            Key.map("qos", QOS, "What a request may ask for."),
            Key.map("ensemble", ENSEMBLE, "How one answer comes of several."),
            Key.map("consensus", CONSENSUS, "When CONSENSUS holds."),
            Key.map("breaker", BREAKER, "When a provider is left alone."),
            Key.map("cache", CACHE, "Where answers are kept."),
            Key.list("providers", PROVIDER, "The models that there are."),
            Key.map("judge", JUDGE, "The model that picks."),
            Key.anything("tenancy", "Who may ask, and how often.").later());

    private LlmPoolVocabulary() {}
}

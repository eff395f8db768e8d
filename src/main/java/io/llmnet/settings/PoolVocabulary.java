package io.llmnet.settings;

import io.llmnet.config.Choice;
import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import io.llmnet.council.CouncilKeys;
import java.util.List;

/** The keys of the settings file that are of models that answer together, of tasks, and of answers that are kept. */
final class PoolVocabulary {
    /** Beyond it, nobody waits any more. */
    static final int MOST_TOKENS = 1_000_000;

    static final int MOST_ENTRIES = 100_000_000;
    static final double MOST_TEMPERATURE = 2;

    private static final Shape DOOR = new Shape.Either(
            List.of(new Shape.Text(List.of(), true), new Shape.Whole(0, Vocabulary.LARGEST_PORT), Shape.Plain.TRUTH));

    static final Key ENSEMBLES = Key.named(
                    "ensembles",
                    CouncilKeys.ofGateway("ensemble", "Models that answer together."),
                    "Models that answer together, each a model by its name.")
            .elsewhere("ensemble", "councils");

    static final Key TASKS = Key.named(
                    "tasks",
                    CouncilKeys.ofGateway(
                            "task",
                            "Who does a task, and how.",
                            Key.text("ensemble", "Models that answer together, by their name, instead of models here."),
                            Key.truth("strategies", "Whether a request may name another strategy. Default: true."),
                            Key.duration("ttl", "How long answers are kept. Default: as long as the cache says."),
                            Key.truth("cache", "Whether answers are kept at all. Default: true."),
                            Key.text(
                                            "template",
                                            "Whose prompt and contract it has: judge, rerank and so on; none for"
                                                    + " none. Default: that of its own name.")
                                    .elsewhere("prompt"),
                            Key.decimal(
                                    "semantic",
                                    0,
                                    1,
                                    "From which likeness of prompts on one answer is for both. Default: never."),
                            Key.decimal("temperature", 0, MOST_TEMPERATURE, "Sent to the models. Default: their own.")),
                    "Tasks of /v1/infer, by name; default is all others.")
            .elsewhere("task");

    static final Key CACHE = Key.map(
            "cache",
            Form.of(
                    "cache",
                    "Where answers are kept.",
                    Key.choice(
                                    "store",
                                    "Where: memory or redis. Default: memory.",
                                    Choice.words(CacheReader.Store.class))
                            .elsewhere("driver", "type"),
                    Key.expanded("url", "Of the Redis server: redis://127.0.0.1:6379/0, best as $NAME."),
                    Key.duration("ttl", "How long. Default: 15m.").elsewhere("ttl-seconds", "ttl_seconds"),
                    Key.integer("entries", 1, MOST_ENTRIES, "Answers at most, in memory. Default: 10000.")
                            .elsewhere("capacity", "max-entries"),
                    Key.size("size", "Of all answers at most, in memory. Default: 256MiB."),
                    Key.map(
                            "semantic",
                            Form.of(
                                    "semantic",
                                    "Answers to what is asked in other words.",
                                    Key.truth("enabled", "Whether they count. Default: true."),
                                    Key.decimal("threshold", 0, 1, "From which likeness on. Default: 0.95.")),
                            "Answers to what is asked in other words. Default: none."),
                    Key.truth("tasks", "Whether answers of tasks are kept. Default: true."),
                    Key.truth(
                            "chats",
                            "Whether answers to chats, completions and embeddings are. Default: true, where there is"
                                    + " a section \"cache\".")),
            "Where answers are kept. Without it, those of tasks are, in memory.");

    static final Key POOL = Key.map(
            "pool",
            Form.of(
                    "pool",
                    "The doors of LLM Pool.",
                    door("http", "Where /v1/infer is: 127.0.0.1:7071, or a port. Default: nowhere.")
                            .elsewhere("http-addr", "http_addr"),
                    door("grpc", "Where the gRPC service is: 127.0.0.1:7070, or a port. Default: nowhere.")
                            .elsewhere("grpc-addr", "grpc_addr"),
                    Key.map(
                            "tls",
                            Form.of(
                                    "tls",
                                    "Who the gRPC door says that it is: files in PEM.",
                                    Key.expanded("certificate", "Its certificate.")
                                            .required()
                                            .elsewhere("cert"),
                                    Key.expanded("key", "The key of that.").required(),
                                    Key.expanded("clients", "Whose clients may come in. Default: any.")
                                            .elsewhere("ca", "client-ca")),
                            "Of the gRPC door. Default: none."),
                    Key.duration("max-deadline", "Longer ones are refused. Default: 1500ms.")
                            .elsewhere("max-deadline-ms", "max_deadline_ms"),
                    Key.duration("deadline", "Of a request that names none. Default: 1500ms."),
                    Key.size("max-prompt", "Longer prompts are refused. Default: 16KiB.")
                            .elsewhere("max-prompt-bytes", "max_prompt_bytes"),
                    Key.integer("max-tokens", 1, MOST_TOKENS, "Of a request that names none. Default: 256.")
                            .elsewhere("max-tokens-default", "max_tokens_default"),
                    Key.map(
                            "breaker",
                            Form.of(
                                    "pool-breaker",
                                    "When a model is left alone for a task for a while.",
                                    Key.integer(
                                            "window",
                                            1,
                                            TermsReader.LARGEST_WINDOW,
                                            "Outcomes that count. Default: 50."),
                                    Key.integer(
                                            "min-samples",
                                            1,
                                            TermsReader.LARGEST_WINDOW,
                                            "Outcomes before it can be judged. Default: 10."),
                                    Key.decimal(
                                            "failure-rate",
                                            TermsReader.LEAST_RATE,
                                            1,
                                            "The share of failures. Default: 0.1."),
                                    Key.duration("open", "For how long. Default: 5m.")),
                            "When a model is left alone for a task."),
                    Key.expanded(
                            "prompts", "The folder of your own templates, TASK.md, seen from this file's folder.")),
            "The doors of LLM Pool, open when named.");

    private PoolVocabulary() {}

    private static Key door(String name, String meaning) {
        return Key.of(name, DOOR, meaning);
    }
}

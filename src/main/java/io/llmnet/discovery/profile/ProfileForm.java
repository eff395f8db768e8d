package io.llmnet.discovery.profile;

import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import java.util.List;

/** All keys of a profile's file. */
final class ProfileForm {
    static final int MOST_RANK = 1000;
    static final int LARGEST_PORT = 65_535;
    static final int MOST_TOKENS = 1_000_000_000;

    static final Form FACTS = Form.of(
            "facts",
            "Where a page tells of a model.",
            Key.texts("context", "Most tokens of prompt and answer together."),
            Key.texts("max-output", "Most tokens of an answer."),
            Key.texts("size", "Bytes of its weights."),
            Key.texts("created", "When it was made: seconds since 1970, or a date."),
            Key.texts("vision", "Whether it sees images."),
            Key.texts("tools", "Whether it calls tools."),
            Key.texts("json", "Whether it can be held to JSON."),
            Key.texts("embeddings", "Whether it makes vectors."),
            Key.texts("reasoning", "Whether it thinks before it speaks."),
            Key.texts("loaded", "Whether it is in memory."));

    static final Form LISTING = Form.of(
            "list of models",
            "A page that lists models.",
            Key.text("path", "The page.").required(),
            Key.text("list", "Where the list is; empty for the page itself.").required(),
            Key.text("id", "Where an item has its name.").required(),
            Key.text("strip", "With what names begin that requests do without."),
            Key.map("facts", FACTS, "Where an item tells more."));

    private static final Form DETAILS = Form.of(
            "details",
            "A page about one model, asked for with POST.",
            Key.text("path", "The page.").required(),
            Key.anything("body", "What is posted."),
            Key.map("facts", FACTS, "Where the page tells of the model.").required());

    private static final Form SERVER = Form.of(
            "server page",
            "A page of the server itself.",
            Key.text("path", "The page.").required(),
            Key.text("slots", "Where it tells how many requests it works on at once."),
            Key.text("version", "Where it tells which software it is."),
            Key.map("facts", FACTS, "What holds for all its models."));

    private static final Form MARK = Form.of(
            "mark",
            "By what a kind is told apart; all that it names must hold.",
            Key.text("path", "The page.").required(),
            Key.text("header", "A header that it has: name, or name: beginning of the value."),
            Key.text("text", "With what the page begins."),
            Key.texts("fields", "What it has as JSON."));

    private static final Form STEP = Form.of(
            "step",
            "One request of an operation.",
            Key.text("post", "Its path.").required(),
            Key.anything("body", "What is posted."),
            Key.text("done", "Where a line of the answer tells how much is done."),
            Key.text("total", "Where a line of the answer tells how much there is."),
            Key.truth("wait", "Whether the list must be watched until it is done."));

    private static final Form NAMES = Form.of(
            "names",
            "What names of models tell.",
            Key.texts("like", "Patterns; a star stands for any characters.").required(),
            Key.integer("context", 1, MOST_TOKENS, "Most tokens of prompt and answer together."),
            Key.integer("max-output", 1, MOST_TOKENS, "Most tokens of an answer."),
            Key.truth("vision", "Whether they see images."),
            Key.truth("tools", "Whether they call tools."),
            Key.truth("json", "Whether they can be held to JSON."),
            Key.truth("embeddings", "Whether they make vectors."),
            Key.truth("reasoning", "Whether they think before they speak."));

    private static final Form PATHS = Form.of(
            "paths",
            "Where requests go; where its language has them, if not said.",
            Key.text("chat", "Chats."),
            Key.text("stream", "Chats that stream."),
            Key.text("completions", "The older completions."),
            Key.text("embeddings", "Vectors."));

    static final Form FILE = Form.of(
            "profile",
            "What a kind of model server is like.",
            Key.text("kind", "Its name.").required(),
            Key.texts("aliases", "Other names of it."),
            Key.choice("speaks", "Its language.", List.of("openai", "ollama", "anthropic", "google"))
                    .required(),
            Key.choice("place", "Where such servers are.", List.of("local", "cloud", "either"))
                    .required(),
            Key.integer("rank", 0, MOST_RANK, "Kinds of lower rank are looked for first. Default: 60."),
            Key.anything("ports", "On which it usually listens."),
            Key.texts("hosts", "Hosts that are always of this kind."),
            Key.map("paths", PATHS, "Where requests go."),
            Key.list("fingerprint", MARK, "By what it is told apart; one mark is enough."),
            Key.text("health", "A page that answers well when the server is well."),
            Key.map("models", LISTING, "The list of its models.").required(),
            Key.map("details", DETAILS, "More of each model."),
            Key.map("loaded", LISTING, "The list of what is in memory."),
            Key.list("server", SERVER, "Pages of the server itself."),
            Key.list("load", STEP, "What makes it load a model."),
            Key.list("unload", STEP, "What makes it let go of a model."),
            Key.list("names", NAMES, "What names of models tell."));

    private ProfileForm() {}
}

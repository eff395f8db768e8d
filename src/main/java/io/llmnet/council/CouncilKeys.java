package io.llmnet.council;

import io.llmnet.config.Choice;
import io.llmnet.config.form.Form;
import io.llmnet.config.form.Key;
import io.llmnet.config.form.Shape;
import io.llmnet.ensemble.Profile;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import java.util.ArrayList;
import java.util.List;

/** The keys by which files name models that answer together. */
public final class CouncilKeys {
    /** As many as anybody can pay for. */
    static final int MOST_SEATS = 100;

    static final int MOST_TOKENS = 1_000_000;
    static final double LEAST_WEIGHT = 0.001;
    static final double MOST_WEIGHT = 1000;

    /** No share is nothing, and none leaves nothing. */
    static final double LEAST_SHARE = 0.01;

    static final double MOST_SHARE = 0.99;

    private static final Shape NAME = new Shape.Text(List.of(), false);
    private static final Key BACKEND = Key.text("backend", "The only server that may answer for it. Default: the best.")
            .elsewhere("provider", "server");

    private CouncilKeys() {}

    /** The keys of an ensemble whose models are those of the gateway, and more. */
    public static Form ofGateway(String name, String meaning, Key... more) {
        return form(name, meaning, true, more);
    }

    /** The key of a node's ensemble, whose models are those of the same file. */
    public static Key ofNode(String name, String meaning) {
        return Key.map(name, form(name, "Models that answer together.", false), meaning)
                .elsewhere("council", "models", "vote");
    }

    private static Form form(String name, String meaning, boolean isOfGateway, Key... more) {
        List<Key> keys = new ArrayList<>(List.of(
                Key.choice(
                                "strategy",
                                "How one answer comes of several. Default: the profile's.",
                                Choice.words(Strategy.class))
                        .elsewhere("mode", "method"),
                Key.of(
                                "models",
                                new Shape.Items(new Shape.Either(List.of(NAME, new Shape.Fields(member(isOfGateway))))),
                                "Who is asked, in the order in which fastest and cascade ask.")
                        .elsewhere("members", "providers", "seats"),
                Key.choice(
                        "profile",
                        "Strategy and deadline that go well together, where these are not said.",
                        Choice.words(Profile.class)),
                Key.duration("deadline", "Of the whole; the request's own counts, too. Default: that alone.")
                        .elsewhere("deadline-ms", "deadline_ms", "timeout"),
                Key.duration("hedge-after", "fastest: when the next one is asked, too. Default: 300ms.")
                        .elsewhere("hedge-after-ms", "hedge_after_ms"),
                Key.integer(
                        "quorum",
                        1,
                        MOST_SEATS,
                        "voting: so many answers of one meaning decide at once. Default: more than half."),
                Key.decimal("similarity", 0, 1, "From which likeness on two answers mean the same. Default: 0.85."),
                Key.choice(
                        "likeness",
                        "How that is found: exact, words, or embedding. Default: words.",
                        Choice.words(Terms.Likeness.class)),
                Key.decimal(
                                "agreement",
                                LEAST_SHARE,
                                1,
                                "consensus: the share of all asked that must agree. Default: 0.7.")
                        .elsewhere("threshold"),
                Key.decimal("confidence", 0, 1, "cascade: from which on an answer needs no second. Default: 0.7."),
                Key.of(
                        "judge",
                        new Shape.Either(List.of(NAME, new Shape.Fields(judge(isOfGateway)))),
                        "Who picks or merges."),
                Key.choice(
                                "fallback",
                                "consensus: what decides where they do not agree; default: nothing, which fails."
                                        + " judge: what decides where the judge is of no help; default: voting.",
                                Choice.words(Strategy.class))
                        .elsewhere("fallback-strategy", "fallback_strategy"),
                Key.integer(
                        "seed",
                        0,
                        Integer.MAX_VALUE,
                        "Of the order in which the judge sees the answers. Default: 0.")));
        keys.addAll(List.of(more));
        return Form.of(name, meaning, keys.toArray(Key[]::new));
    }

    private static Form member(boolean isOfGateway) {
        List<Key> keys = new ArrayList<>(List.of(
                Key.text("model", "Its name.").required(),
                Key.text("name", "What callers and metrics see. Default: the model's name."),
                Key.decimal("weight", LEAST_WEIGHT, MOST_WEIGHT, "How much its voice counts. Default: 1.")));
        if (isOfGateway) {
            keys.add(BACKEND);
        }
        return Form.of("member", "A model that is asked with others.", keys.toArray(Key[]::new));
    }

    private static Form judge(boolean isOfGateway) {
        List<Key> keys = new ArrayList<>(List.of(
                Key.text("model", "Its name.").required(),
                Key.integer(
                                "max-tokens",
                                0,
                                MOST_TOKENS,
                                "Of its verdict, or of what it merges; 0 for any. Default: 128, of a merge 0.")
                        .elsewhere("max_tokens"),
                Key.duration("deadline", "Of its call alone. Default: what is left.")
                        .elsewhere("deadline-ms", "deadline_ms"),
                Key.decimal(
                        "share", LEAST_SHARE, MOST_SHARE, "Of the whole time, what the others have. Default: 0.7.")));
        if (isOfGateway) {
            keys.add(BACKEND);
        }
        return Form.of("judge", "The model that picks or merges.", keys.toArray(Key[]::new));
    }
}

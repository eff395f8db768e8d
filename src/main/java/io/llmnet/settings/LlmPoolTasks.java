package io.llmnet.settings;

import static io.llmnet.settings.GatewayReader.or;

import io.llmnet.config.Choice;
import io.llmnet.config.Section;
import io.llmnet.config.Spelling;
import io.llmnet.council.Fallback;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.settings.PoolSettings.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an {@code llm-pool.toml} says of tasks: who does them, and how one answer comes of several. */
final class LlmPoolTasks {
    private static final String JUDGING = "judge";
    private static final Duration DEADLINE = Duration.ofMillis(700);

    private final Section top;
    private final LlmPoolProviders providers;
    private final Duration hedgeAfter;

    /**
     * Of a file.
     *
     * @param hedgeAfter null where it does not say
     */
    LlmPoolTasks(Section top, LlmPoolProviders providers, @Nullable Duration hedgeAfter) {
        this.top = top;
        this.providers = providers;
        this.hedgeAfter = or(hedgeAfter, Terms.USUAL.hedgeAfter());
    }

    /** All tasks that a provider does. */
    Map<String, Task> read() {
        Strategy usual = Strategy.FASTEST;
        Map<String, Strategy> named = new HashMap<>();
        Section ensemble = top.section("ensemble");
        if (ensemble != null) {
            usual = or(Choice.read(ensemble, either(ensemble, "default_strategy", "default"), Strategy.class), usual);
            strategies(ensemble.section("strategy_by_task"), named);
            ensemble.close();
        }
        Terms judged = judged(top.section(JUDGING));
        Terms agreed = agreed(top.section("consensus"), judged);
        Map<String, Task> tasks = new LinkedHashMap<>();
        for (Map.Entry<String, List<Seat>> each : providers.byTask().entrySet()) {
            Strategy strategy = named.getOrDefault(each.getKey(), usual);
            // Terms have one fallback: that of CONSENSUS would otherwise be the judge's, too.
            Terms terms = strategy == Strategy.CONSENSUS ? agreed : with(agreed, judged.fallback());
            Council council = new Council(each.getKey(), strategy, each.getValue(), null, terms);
            tasks.put(each.getKey(), new Task(council, true, null, null, null, null));
        }
        return tasks;
    }

    private void strategies(@Nullable Section section, Map<String, Strategy> named) {
        if (section == null) {
            return;
        }
        for (String task : section.keys()) {
            Strategy strategy = Choice.read(section, task, Strategy.class);
            if (strategy != null) {
                named.put(task, strategy);
            }
            if (!providers.byTask().containsKey(task)) {
                section.warning(
                        task,
                        "has no effect, for no provider does this task; "
                                + Spelling.advice(task, providers.byTask().keySet()));
            }
        }
    }

    /** The one that is there of two keys that mean the same; the first, where both are. */
    private static String either(Section section, String key, String other) {
        if (section.has(key) && section.has(other)) {
            section.warning(other, "has no effect beside \"" + key + "\"; take it out");
        }
        return section.has(other) && !section.has(key) ? other : key;
    }

    private Terms judged(@Nullable Section section) {
        Strategy fallback = null;
        Integer tokens = null;
        Duration deadline = null;
        Seat seat = usualJudge();
        if (section != null) {
            fallback = Fallback.read(section, either(section, "fallback_strategy", "fallback"), Strategy.JUDGE);
            tokens = section.integer("max_tokens", 1, PoolVocabulary.MOST_TOKENS);
            deadline = section.has("deadline_ms") ? LlmPoolReader.positive(section, "deadline_ms") : null;
            seat = section.has("model_provider") ? provider(section) : seat;
            section.close();
        }
        Terms.Judge judge = seat == null
                ? null
                : new Terms.Judge(
                        seat, or(tokens, Terms.Judge.USUAL_TOKENS), or(deadline, DEADLINE), Terms.Judge.USUAL_SHARE);
        // VOTING goes without saying, and would be the fallback of CONSENSUS if it were said.
        return with(Terms.USUAL.with(judge), fallback == Strategy.VOTING ? null : fallback);
    }

    private @Nullable Seat provider(Section section) {
        String name = section.required("model_provider");
        Seat seat = name == null ? null : providers.seats().get(name);
        if (name != null && seat == null) {
            section.error(
                    "model_provider",
                    "there is no provider \"" + Words.shown(name) + "\"; "
                            + Spelling.advice(name, providers.seats().keySet()));
        }
        return seat;
    }

    /** The first that does the task {@code judge}, else the heaviest, of equals the first; null where there is nobody. */
    private @Nullable Seat usualJudge() {
        List<Seat> judging = providers.byTask().getOrDefault(JUDGING, List.of());
        Seat best = judging.isEmpty() ? null : judging.get(0);
        if (best == null) {
            for (Seat seat : providers.seats().values()) {
                best = best == null || seat.weight() > best.weight() ? seat : best;
            }
        }
        return best;
    }

    private Terms agreed(@Nullable Section section, Terms judged) {
        Double threshold = null;
        Strategy fallback = null;
        if (section != null) {
            threshold = section.decimal("threshold", LlmPoolVocabulary.LEAST_AGREEMENT, 1);
            fallback = Fallback.read(section, "fallback_strategy", Strategy.CONSENSUS);
            section.close();
        }
        Terms usual = Terms.USUAL;
        return new Terms(
                hedgeAfter,
                usual.quorum(),
                usual.similarity(),
                usual.likeness(),
                or(threshold, usual.agreement()),
                usual.confidence(),
                fallback,
                judged.judge(),
                usual.seed());
    }

    private static Terms with(Terms terms, @Nullable Strategy fallback) {
        return new Terms(
                terms.hedgeAfter(),
                terms.quorum(),
                terms.similarity(),
                terms.likeness(),
                terms.agreement(),
                terms.confidence(),
                fallback,
                terms.judge(),
                terms.seed());
    }
}

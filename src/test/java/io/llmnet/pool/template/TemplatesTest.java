package io.llmnet.pool.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Seat;
import io.llmnet.ensemble.Strategy;
import io.llmnet.ensemble.Terms;
import io.llmnet.pool.Contract;
import io.llmnet.settings.PoolSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tasks are turned into, and which answers will do. */
class TemplatesTest {
    private static final String JUDGE = "{\"decision_criterion\": \"calm\", \"slot_context\": {\"slot_id\": 7}, "
            + "\"candidates\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": 3}]}";
    private static final String RERANK =
            "{\"slot_context\": {\"recent_slots\": []}, \"candidates\": [{\"id\": \"a\"}, {\"id\": \"b\"}, {\"id\": \"c\"}]}";
    private static final String EXPAND = "{\"seed_terms\": [\"sea\"], \"media\": \"video\", \"lang\": [\"en\"], "
            + "\"duration_target_sec\": 60, \"negatives_hint\": [], \"constraints\": {}}";
    private static final String RECOVER = "{\"incident\": \"disk full\", \"context\": {}}";
    private static final String ENRICH = "{\"asset\": {\"id\": \"x\", \"features\": [], \"audio\": {}, \"tags\": []}}";
    private static final String SITE = "{\"site\": \"example.org\", \"goal\": \"find clips\", \"context\": {}}";

    private static final Templates TEMPLATES = new Templates(null);

    @Test
    void contractsOfOtherSchemasAreOthers() {
        Contract judge = TEMPLATES.of(task("judge", null, null), JUDGE).orElseThrow();
        Contract rerank = TEMPLATES.of(task("rerank", null, null), RERANK).orElseThrow();

        assertThat(judge.made()).isNotEmpty().isNotEqualTo(rerank.made());
    }

    @Test
    void aPromptWithTheKeysOfTheInputIsPutIntoTheTemplate() {
        Contract contract = TEMPLATES.of(task("judge", null, null), JUDGE).orElseThrow();

        assertThat(contract.prompt())
                .startsWith("Pick the best of the candidates")
                .contains("{\"decision_criterion\":\"calm\",\"slot_context\":{\"slot_id\":7},")
                .doesNotContain(Template.INPUT);
        assertThat(contract.system()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "judge | Which is best?",
                "judge | [1, 2]",
                "judge | {\"decision_criterion\": \"calm\"}",
                "judge | {\"decision_criterion\": \"calm\", \"slot_context\": {}, \"candidates\": [\"a\"]}",
                "judge | {\"decision_criterion\": ",
                "summarize | {\"text\": \"long\"}",
            })
    void anyOtherPromptIsLeftAsItIs(String task, String prompt) {
        assertThat(TEMPLATES.of(task(task, null, null), prompt)).isEmpty();
    }

    @Test
    void settingsNameAnotherTemplateOrNone() {
        assertThat(TEMPLATES.of(task("order", "rerank", null), RERANK)).isPresent();
        assertThat(TEMPLATES.of(task("rerank_candidates", null, null), RERANK)).isPresent();
        assertThat(TEMPLATES.of(task("judge", "None", null), JUDGE)).isEmpty();
        assertThat(TEMPLATES.of(task("judge", "nosuch", null), JUDGE)).isEmpty();
    }

    @Test
    void judgesAreCoolUnlessTheTaskSaysOtherwise() {
        assertThat(contract("judge", JUDGE).temperature()).isEqualTo(0.2);
        assertThat(contract("expand_queries", EXPAND).temperature()).isEqualTo(0.3);
        assertThat(TEMPLATES.of(task("judge", null, 0.9), JUDGE).orElseThrow().temperature())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "judge | {'winner_id': 'b', 'confidence': 0.9, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow', 'notes': ''}}",
                "judge | {'winner_id': null, 'confidence': 1, 'reason': 'r', 'quality_notes': ['n'], 'policy': {'action': 'block', 'notes': 'n'}}",
                "judge | {'winner_id': 3, 'confidence': 0, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow', 'notes': []}}",
                "rerank_candidates | {'ranking': ['c', 'a', 'b'], 'diversity_gain': 0.5, 'reasons': [], 'policy': {'flags': [], 'notes': ''}}",
                "expand_queries | {'must_include': ['sea'], 'optional': [], 'negatives': [], 'duration_range_sec': [30, 90], 'site_hints': [], 'language_mix': {'en': 1.0}, 'notes': []}",
                "recovery_plan | {'severity': 'high', 'steps': [{'action': 'prune', 'args': {}, 'guardrails': []}], 'rollback': {'if': 'x', 'do': 'y'}, 'eta_min': 5, 'reason': 'r'}",
                "enrich_metadata | {'title': 'The sea', 'one_liner': 'Waves.', 'tags': ['a', 'b', 'c', 'd'], 'mood': 'calm', 'content_flags': [], 'notes': []}",
                "site_tactics | {'tactics': [{'action': 'search', 'args': {}, 'why': 'w'}], 'avoid': [], 'confidence': 0.5, 'notes': []}",
            })
    void whatKeepsTheContractIsAcceptedAndCleaned(String task, String answer) {
        String json = answer.replace('\'', '"');
        Contract contract = contract(task, input(task));

        assertThat(contract.acceptance().objection("Here it is:\n```json\n" + json + "\n```"))
                .isNull();
        assertThat(contract.clean().apply("```json\n" + json + "\n```")).isEqualToIgnoringWhitespace(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "judge | b | it has no whole JSON object",
                "judge | {'winner_id': 'z', 'confidence': 0.9, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow', 'notes': ''}} | winner_id must be the id of one candidate, or null: a, b, 3",
                "judge | {'winner_id': 'b', 'confidence': 1.1, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow', 'notes': ''}} | $.confidence: must have a maximum value of 1",
                "judge | {'winner_id': 'b', 'confidence': 1, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow'}} | $.policy: required property 'notes' not found",
                "judge | {'winner_id': 'b', 'confidence': 1, 'reason': 'r', 'quality_notes': [], 'policy': {'action': 'allow', 'notes': ''}, 'more': 1} | $: property 'more' is not defined",
                "rerank_candidates | {'ranking': ['c', 'a'], 'diversity_gain': 0.5, 'reasons': [], 'policy': {'flags': [], 'notes': ''}} | ranking must hold the id of every candidate exactly once: a, b, c",
                "rerank_candidates | {'ranking': ['c', 'a', 'b', 'd'], 'diversity_gain': 0.5, 'reasons': [], 'policy': {'flags': [], 'notes': ''}} | ranking must hold the id of every candidate exactly once: a, b, c",
                "rerank_candidates | {'ranking': ['c', 'a', 'a'], 'diversity_gain': 0.5, 'reasons': [], 'policy': {'flags': [], 'notes': ''}} | $.ranking: must have only unique items",
                "expand_queries | {'must_include': ['sea'], 'optional': [], 'negatives': [], 'duration_range_sec': [90, 30], 'site_hints': [], 'language_mix': {}, 'notes': []} | duration_range_sec must be the shortest and then the longest",
                "expand_queries | {'must_include': ['sea'], 'optional': [], 'negatives': [], 'duration_range_sec': [30], 'site_hints': [], 'language_mix': {}, 'notes': []} | $.duration_range_sec: must have at least 2 items",
                "recovery_plan | {'severity': 'high', 'steps': [{}, {}, {}, {}], 'rollback': {'if': 'x', 'do': 'y'}, 'eta_min': 5, 'reason': 'r'} | $.steps: must have at most 3 items",
                "enrich_metadata | {'title': 'The sea', 'one_liner': 'Waves.', 'tags': ['a', 'b', 'c'], 'mood': 'calm', 'content_flags': [], 'notes': []} | $.tags: must have at least 4 items",
                "enrich_metadata | {'title': '1234567890123456789012345678901234567890123456789012345678901', 'one_liner': 'Waves.', 'tags': ['a', 'b', 'c', 'd'], 'mood': 'calm', 'content_flags': [], 'notes': []} | $.title: must be at most 60 characters long",
                "site_tactics | {'tactics': [], 'avoid': [], 'confidence': 0.5, 'notes': []} | $.tactics: must have at least 1 items",
            })
    void whatBreaksTheContractIsObjectedTo(String task, String answer, String objection) {
        Contract contract = contract(task, input(task));

        assertThat(contract.acceptance().objection(answer.replace('\'', '"'))).contains(objection);
    }

    static PoolSettings.Task task(String name, @Nullable String template, @Nullable Double temperature) {
        Council council = new Council(name, Strategy.FASTEST, List.of(Seat.of("m")), null, Terms.USUAL);
        return new PoolSettings.Task(council, true, null, template, null, temperature);
    }

    private static Contract contract(String task, String prompt) {
        return TEMPLATES.of(task(task, null, null), prompt).orElseThrow();
    }

    private static String input(String task) {
        return switch (task) {
            case "judge" -> JUDGE;
            case "rerank_candidates" -> RERANK;
            case "expand_queries" -> EXPAND;
            case "recovery_plan" -> RECOVER;
            case "enrich_metadata" -> ENRICH;
            default -> SITE;
        };
    }
}

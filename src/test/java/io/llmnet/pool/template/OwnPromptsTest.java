package io.llmnet.pool.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pool.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of the user's own, while they are worked on. */
class OwnPromptsTest {
    private static final String PLAN = "{\"incident\": \"disk full\", \"context\": {}}";

    @TempDir
    private Path folder;

    private Instant written = Instant.parse("2026-01-01T00:00:00Z");

    private Templates templates = new Templates(null);

    @BeforeEach
    void begin() {
        templates = new Templates(folder);
    }

    @Test
    void ownTextTakesThePlaceOfOurs() throws IOException {
        write("recovery_plan.md", "Mend {{input}} soon.");

        assertThat(asked(PLAN)).isEqualTo("Mend {\"incident\":\"disk full\",\"context\":{}} soon.");
    }

    @Test
    void theInputComesLastWhereTheTextDoesNotPlaceIt() throws IOException {
        write("recovery_plan.md", "Mend this:\n");

        assertThat(asked(PLAN)).isEqualTo("Mend this:\n\n{\"incident\":\"disk full\",\"context\":{}}");
    }

    @Test
    void changesCountWithoutRestartAndOursIsBackOnceTheFileIsGone() throws IOException {
        write("recovery_plan.md", "first");
        write("recovery_plan.md", "then");

        assertThat(asked(PLAN)).startsWith("then");

        Files.delete(folder.resolve("recovery_plan.md"));
        templates.look();

        assertThat(asked(PLAN)).startsWith("Something has gone wrong in a running system");
    }

    @Test
    void aBrokenFileLeavesWhatItSaidBefore() throws IOException {
        write("recovery_plan.md", "good");
        write("recovery_plan.output.json", "{\"required\": [\"plan\"]}");
        write("recovery_plan.md", " ");
        write("recovery_plan.output.json", "{\"type\": \"nosuch\"}");

        assertThat(asked(PLAN)).startsWith("good");
        assertThat(contract(PLAN).acceptance().objection("{}")).contains("required property 'plan' not found");
    }

    @Test
    void ownSchemaTakesThePlaceOfOursAndOfItsChecks() throws IOException {
        write("recovery_plan.output.json", "{\"required\": [\"plan\"]}");

        assertThat(contract(PLAN).acceptance().objection("{\"plan\": 1}")).isNull();
    }

    @Test
    void theTasksOwnNameGoesBeforeTheTemplates() throws IOException {
        write("rerank.md", "by the template's name");
        write("rerank_candidates.md", "by the task's name");
        String input = "{\"slot_context\": {}, \"candidates\": [{\"id\": 1}]}";

        Contract contract = templates
                .of(TemplatesTest.task("rerank_candidates", null, null), input)
                .orElseThrow();

        assertThat(contract.prompt()).startsWith("by the task's name");
        assertThat(contract.acceptance().objection("{}")).contains("ranking");
    }

    @Test
    void aTextWithoutSchemasIsForEveryPromptAndAnswer() throws IOException {
        write("haiku.md", "Write a haiku of: {{input}}");

        Contract contract =
                templates.of(TemplatesTest.task("haiku", null, null), "the sea").orElseThrow();

        assertThat(contract.prompt()).isEqualTo("Write a haiku of: the sea");
        assertThat(contract.acceptance().objection("Waves.")).isNull();
        assertThat(contract.clean().apply("Waves.")).isEqualTo("Waves.");
    }

    private Contract contract(String prompt) {
        return templates
                .of(TemplatesTest.task("recovery_plan", null, null), prompt)
                .orElseThrow();
    }

    private String asked(String prompt) {
        return contract(prompt).prompt();
    }

    /** Each version has a time of its own, as it has when people write them. */
    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        written = written.plusSeconds(1);
        Files.setLastModifiedTime(file, FileTime.from(written));
        templates.look();
    }
}

package io.llmnet.pool.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Cancel;
import io.llmnet.ensemble.Strategy;
import io.llmnet.pool.Caller;
import io.llmnet.pool.Inference;
import io.llmnet.pool.ModelPool;
import io.llmnet.pool.Outcome;
import io.llmnet.pool.Pools;
import io.llmnet.pool.Query;
import io.llmnet.pool.Readiness;
import io.llmnet.pool.ScriptedCouncils;
import io.llmnet.pool.ScriptedCouncils.Asked;
import io.llmnet.pool.Watcher;
import io.llmnet.settings.CacheSettings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks with templates, as the pool has them done. */
class TemplatedTasksTest {
    private static final String ENRICHED = "{\"title\":\"The sea\",\"one_liner\":\"Waves.\","
            + "\"tags\":[\"a\",\"b\",\"c\",\"d\"],\"mood\":\"calm\",\"content_flags\":[],\"notes\":[]}";

    private final ScriptedCouncils councils = new ScriptedCouncils();
    private final ModelPool pool = new ModelPool(
            () -> Pools.with(Pools.pool(Pools.task("enrich_metadata", Strategy.VOTING)), CacheSettings.USUAL),
            councils,
            (call, keeping, ask) -> ask.apply(call),
            new Templates(null),
            new Readiness(seat -> true, "1"),
            new Unwatched(),
            (nanos, task) -> () -> {},
            System::nanoTime);

    @Test
    void theModelsAreAskedByTheTemplateAndTheClientGetsBareJson() throws Exception {
        councils.script = question -> question.answer("Here it is:\n```json\n" + ENRICHED + "\n```");

        Inference inference = infer("{\"asset\": {\"id\": \"x\"}}");

        Asked asked = councils.last();
        assertThat(asked.body()).contains("Describe the asset below", "{\\\"asset\\\":{\\\"id\\\":\\\"x\\\"}}");
        assertThat(asked.acceptance().objection("no")).contains("answer with one JSON object");
        assertThat(inference.content()).isEqualTo(ENRICHED);
    }

    @Test
    void otherPromptsAndTheirAnswersAreLeftAsTheyAre() throws Exception {
        councils.script = question -> question.answer("```The sea.```");

        Inference inference = infer("Describe the sea.");

        assertThat(councils.last().body()).contains("\"Describe the sea.\"").doesNotContain("asset");
        assertThat(inference.content()).isEqualTo("```The sea.```");
    }

    private Inference infer(String prompt) throws Exception {
        return pool.infer(new Query(
                        Caller.of(header -> null, null),
                        null,
                        null,
                        null,
                        "enrich_metadata",
                        prompt,
                        null,
                        null,
                        null,
                        null,
                        new Cancel(),
                        Runnable::run))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static final class Unwatched implements Watcher {
        @Override
        public void ended(Outcome outcome) {}

        @Override
        public void opened(String task, String seat) {}
    }
}

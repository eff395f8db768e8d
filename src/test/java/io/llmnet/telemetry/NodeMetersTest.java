package io.llmnet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.camel.watch.Ended;
import io.llmnet.camel.watch.Ended.Outcome;
import io.llmnet.chat.Usage;
import io.llmnet.pipeline.Node;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is counted of nodes, and for how long. */
class NodeMetersTest {
    private static final Node QUICK = Node.output("quick", 1, List.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PipelineMeters pipeline = new PipelineMeters(registry, "chat");

    private NodeMeters node(String name) {
        return Objects.requireNonNull(pipeline.node(name));
    }

    private static Ended ended(Outcome outcome, int millis) {
        return new Ended(outcome, 200, null, millis * 1_000_000L, Usage.of(3, 4));
    }

    @Test
    void aNodeIsActiveUntilItsAnswerEnds() {
        NodeMeters router = node("router");
        router.asks();
        router.asks();
        router.ended(ended(Outcome.OK, 30));

        assertThat(router.active()).isEqualTo(1);
        assertThat(router.count(Outcome.OK)).isEqualTo(1);
        assertThat(router.meanMillis()).isEqualTo(30);
        assertThat(router.promptTokens()).isEqualTo(3);
        assertThat(router.completionTokens()).isEqualTo(4);
    }

    @Test
    void choicesAreCountedByWhomAndHow() {
        node("router").chose(QUICK, "model");
        node("router").chose(QUICK, "fallback-down");

        assertThat(node("router").chosen("quick")).isEqualTo(2);
        assertThat(registry.get("llmnet.choices").tag("how", "model").counter().count())
                .isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfAPipelineThatIsGone() {
        NodeMeters router = node("router");
        router.asks();
        router.chose(QUICK, "model");
        assertThat(registry.getMeters()).isNotEmpty();

        pipeline.remove();
        router.ended(ended(Outcome.OK, 30));

        assertThat(registry.getMeters()).isEmpty();
        assertThat(pipeline.node("router"))
                .as("runs that are still in it count nowhere")
                .isNull();
    }
}

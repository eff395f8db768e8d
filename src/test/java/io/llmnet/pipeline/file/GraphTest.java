package io.llmnet.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphTest {
    private static final Graph GRAPH = CompositionsTest.read(
                    "p.yaml",
                    CompositionsTest.oneModel(
                            "name: in, layer: 0, output-to: [1]",
                            "name: short, layer: 1, if: $WORD_COUNT < 10",
                            "name: any, layer: 1, if: $WORD_COUNT < 100",
                            "name: long, layer: 1, if: $WORD_COUNT > 1000"))
            .graph()
            .orElseThrow();

    @ParameterizedTest
    @CsvSource({"5, short any", "50, any", "5000, long", "500, short any long"})
    void conditionsArePreferencesAndNotBarriers(String words, String passing) {
        List<Node> next = GRAPH.next(GRAPH.node("in"), Map.of("WORD_COUNT", words)::get);

        assertThat(next).extracting(Node::name).containsExactly(passing.split(" ", -1));
    }

    @Test
    void theLastNodeIsThatBeforeTheOutput() {
        assertThat(GRAPH.isLast(GRAPH.node("in"))).isFalse();
        assertThat(GRAPH.isLast(GRAPH.node("any"))).isTrue();
        assertThat(GRAPH.next(GRAPH.node("any"), name -> null))
                .extracting(Node::name)
                .containsExactly("output");
    }
}

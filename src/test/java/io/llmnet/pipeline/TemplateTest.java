package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, String> VALUES =
            Map.of("PREV_NODE", "poet", "INPUT_LENGTH", "5", "CURRENT_INPUT", "$HOP_COUNT");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    You refine what $PREV_NODE wrote.  | You refine what poet wrote.
                    ${PREV_NODE}s, ${INPUT_LENGTH}     | poets, 5
                    $PREV_NODE$INPUT_LENGTH            | poet5
                    before $ROUTE_DECISION after       | before  after
                    once: $CURRENT_INPUT               | once: $HOP_COUNT
                    """)
    void putsVariablesIn(String text, String filled) {
        Template template = Templates.compile(text);

        assertThat(template.isPlain()).isFalse();
        assertThat(template.fill(VALUES::get)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource({"You are kind.", "It costs $5.", "$HOME and ${HOME}", "$", "${PREV_NODE", "$$ $prev_node"})
    void leavesTheRestAlone(String text) {
        Template template = Templates.compile(text);

        assertThat(template.isPlain()).isTrue();
        assertThat(template.fill(VALUES::get)).isEqualTo(text);
    }
}

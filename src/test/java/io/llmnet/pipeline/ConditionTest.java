package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.config.Place;
import io.llmnet.config.Problems;
import io.llmnet.config.Section;
import io.llmnet.config.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Map<String, String> VALUES = Map.of(
            "WORD_COUNT", "7",
            "PREV_NODE", "router",
            "CURRENT_INPUT", "",
            "REQUEST_ID", "5d0c4b9e-0000",
            "INITIAL_INPUT", "say \"hi\"");

    private static Condition condition(String text) {
        Place place = new Place("p", 1, 1);
        Problems problems = new Problems();
        Section section = Section.top(new Value.Mapping(place, List.of()), problems, name -> null);
        Condition condition = section == null
                ? null
                : Conditions.compile(new Value.Text(place, text, Value.Quotes.NONE), section, Set.of(), false);
        assertThat(problems.inOrder()).isEmpty();
        return condition == null ? variables -> false : condition;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    $PREV_NODE               | true
                    $ROUTE_DECISION          | false
                    $CURRENT_INPUT           | false
                    ${PREV_NODE}             | true
                    $WORD_COUNT < 10         | true
                    $WORD_COUNT<10           | true
                    $WORD_COUNT < "10"       | true
                    $WORD_COUNT > 7          | false
                    $WORD_COUNT >= 7         | true
                    $WORD_COUNT <= 6.5       | false
                    $WORD_COUNT == 7         | true
                    $WORD_COUNT == 7.0       | true
                    $WORD_COUNT == "7"       | true
                    $WORD_COUNT == "7.0"     | false
                    $WORD_COUNT != 8         | true
                    10 > $WORD_COUNT         | true
                    $PREV_NODE == "router"   | true
                    $PREV_NODE == 'router'   | true
                    $PREV_NODE == router     | true
                    $PREV_NODE=="router"     | true
                    $PREV_NODE != "router"   | false
                    $PREV_NODE == "Router"   | false
                    $PREV_NODE < 5           | false
                    $PREV_NODE >= 5          | false
                    $ROUTE_DECISION == "a"   | false
                    $ROUTE_DECISION != "a"   | true
                    $ROUTE_DECISION < 5      | false
                    $ROUTE_DECISION >= "a"   | false
                    $REQUEST_ID < "8"        | true
                    $REQUEST_ID >= "8"       | false
                    $INITIAL_INPUT == 'say "hi"' | true
                    $PREV_NODE == $PREV_NODE | true
                    """)
    void holdsAsDocumented(String text, boolean holds) {
        assertThat(condition(text).holds(VALUES::get)).isEqualTo(holds);
    }

    @Test
    void saysItselfAsItWasWritten() {
        assertThat(condition(" $WORD_COUNT<10 ")).hasToString("$WORD_COUNT<10");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "-1.5e3, -1500", "007, 7", "+2, 2", "123456789012345678, 123456789012345678", ".5, 0.5"})
    void readsFigures(String text, double number) {
        assertThat(Figure.of(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"''", "NaN", "Infinity", "0x10", "1d", "e", "1e", "-", "1 2", "5d0c"})
    void otherTextsAreNoFigures(String text) {
        assertThat(Figure.of(text)).isNaN();
    }
}

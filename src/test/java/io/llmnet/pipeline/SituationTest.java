package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SituationTest {
    @Test
    void knowsAllVariables() {
        Situation situation =
                new Situation("first", "now it is", "router", 0, 1, 2, 1_700_000_000L, "r-1", "code", name -> null);

        assertThat(Situation.NAMES)
                .extracting(situation::valueOf)
                .containsExactly("first", "now it is", "router", "0", "1", "2", "1700000000", "r-1", "code", "9", "3");
        assertThat(situation.valueOf("SOMETHING")).isNull();
    }

    @Test
    void numbersAreTheSameWithoutTheirTexts() {
        Situation situation = new Situation("1", "2 3", "4", 5, 6, 7, 8, "9", "10", name -> null);

        for (String name : Situation.NAMES) {
            String text = situation.valueOf(name);
            assertThat(situation.numberOf(name)).isEqualTo(Double.valueOf(text == null ? Double.NaN : Figure.of(text)));
        }
        assertThat(new Situation("", "", null, null, 0, 0, 0, "r", null, name -> null).numberOf("PREV_LAYER"))
                .isNaN();
    }

    @Test
    void whatIsNotItsOwnIsLookedForElsewhere() {
        Situation situation = new Situation("a", "a", null, null, 0, 0, 0, "r", null, Map.of("Team", "12")::get);

        assertThat(situation.valueOf("Team")).isEqualTo("12");
        assertThat(situation.numberOf("Team")).isEqualTo(12);
    }

    @Test
    void hooksSeeTheirNodeToo() {
        Situation situation = new Situation("a", "two words", null, null, 0, 0, 0, "r", null, name -> null);
        AtNode variables = new AtNode(situation, "poet", "12", "a poem");

        assertThat(AtNode.NAMES).extracting(variables::valueOf).containsExactly("poet", "12", "a poem");
        assertThat(variables.numberOf("INPUT")).isEqualTo(12);
        assertThat(variables.numberOf("WORD_COUNT")).isEqualTo(2);
        assertThat(variables.valueOf("REQUEST_ID")).isEqualTo("r");
    }

    @Test
    void whatHasNotBeenIsNotSet() {
        Situation situation = new Situation("a", "a", null, null, 0, 0, 0, "r", null, name -> null);

        assertThat(situation.valueOf("PREV_NODE")).isNull();
        assertThat(situation.valueOf("PREV_LAYER")).isNull();
        assertThat(situation.valueOf("ROUTE_DECISION")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "'   ', 0, 3", "' a  b\tc\n', 3, 8", "grüße, 1, 5", "😀 😀, 2, 3", "a\u00a0b, 2, 3"})
    void countsWordsAndCharacters(String input, String words, String length) {
        Situation situation = new Situation("", input, null, null, 0, 0, 0, "r", null, name -> null);

        assertThat(situation.valueOf("WORD_COUNT")).isEqualTo(words);
        assertThat(situation.valueOf("INPUT_LENGTH")).isEqualTo(length);
    }
}

package io.llmnet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SituationTest {
    @Test
    void knowsAllVariables() {
        Situation situation = new Situation("first", "now it is", "router", 0, 1, 2, 1_700_000_000L, "r-1", "code");

        assertThat(Situation.NAMES)
                .extracting(situation::valueOf)
                .containsExactly("first", "now it is", "router", "0", "1", "2", "1700000000", "r-1", "code", "9", "3");
        assertThat(situation.valueOf("SOMETHING")).isNull();
    }

    @Test
    void whatHasNotBeenIsNotSet() {
        Situation situation = new Situation("a", "a", null, null, 0, 0, 0, "r", null);

        assertThat(situation.valueOf("PREV_NODE")).isNull();
        assertThat(situation.valueOf("PREV_LAYER")).isNull();
        assertThat(situation.valueOf("ROUTE_DECISION")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "'   ', 0, 3", "' a  b\tc\n', 3, 8", "grüße, 1, 5", "😀 😀, 2, 3", "a\u00a0b, 2, 3"})
    void countsWordsAndCharacters(String input, String words, String length) {
        Situation situation = new Situation("", input, null, null, 0, 0, 0, "r", null);

        assertThat(situation.valueOf("WORD_COUNT")).isEqualTo(words);
        assertThat(situation.valueOf("INPUT_LENGTH")).isEqualTo(length);
    }
}

package io.llmnet.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the object in what a model said. */
class ObjectInTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": {\"b\": \"}{\"}}",
                "```json\n{\"a\": {\"b\": \"}{\"}}\n```",
                "Here you are, as {asked}:\n{\"a\": {\"b\": \"}{\"}}\nDoes {that} help?",
                "<think>perhaps {\"a\": 2}?</think>\n\n{\"a\": {\"b\": \"}{\"}}",
            })
    void oneObjectIsFoundAmongWords(String said) {
        assertThat(read(said)).isEqualTo("{\"a\":{\"b\":\"}{\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "{", "{\"a\": 1", "[1, 2]", "{a: 1}", "```json\n```"})
    void noObjectIsObjectedTo(String said) {
        assertThat(read(said)).isEqualTo("it has no whole JSON object");
    }

    @Test
    void twoObjectsAreObjectedTo() {
        assertThat(read("{\"a\": 1} or rather {\"a\": 2}")).isEqualTo("it has more than one JSON object");
    }

    @Test
    void aNumberWithoutEndIsObjectedTo() {
        assertThat(read("{\"a\": " + "1".repeat(5_000) + "}"))
                .isEqualTo("its JSON object has a number of too many digits");
    }

    @Test
    void aTextOfBracesIsGivenUp() {
        assertThat(read("{".repeat(1_000_000))).isEqualTo("it has no whole JSON object");
    }

    private static String read(String said) {
        return ObjectInText.find(said).match(Json::text, objection -> objection);
    }
}

package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.fault.ChatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingBodyTest {
    @Test
    void asksForSeveralTextsAtOnce() {
        assertThat(new String(EmbeddingBody.request("v", List.of("a \"b\"", "ü")), UTF_8))
                .isEqualTo("{\"model\":\"v\",\"input\":[\"a \\\"b\\\"\",\"ü\"]}");
    }

    @Test
    void vectorsComeInTheOrderOfTheTexts() {
        byte[] json = "{\"data\":[{\"index\":1,\"embedding\":[1,2e-1]},{\"index\":0,\"embedding\":[-0.5,3]}]}"
                .getBytes(UTF_8);

        assertThat(EmbeddingBody.vectors(json, 2)).containsExactly(new float[] {-0.5f, 3}, new float[] {1, 0.2f});
    }

    @Test
    void withoutNumbersTheOrderIsThatOfTheAnswer() {
        byte[] json = "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}".getBytes(UTF_8);

        assertThat(EmbeddingBody.vectors(json, 2)).containsExactly(new float[] {1}, new float[] {2});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":7,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":\"AAAA\"}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]}"
            })
    void anAnswerThatLacksAVectorIsRefused(String json) {
        assertThatThrownBy(() -> EmbeddingBody.vectors(json.getBytes(UTF_8), 2))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("one vector for each text");
    }
}

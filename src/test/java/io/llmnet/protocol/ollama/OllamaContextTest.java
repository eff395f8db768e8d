package io.llmnet.protocol.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Demand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaContextTest {
    @ParameterizedTest
    @CsvSource({
        "10, 0, false, 0",
        "2000, 0, false, 0",
        "3000, 0, false, 8192",
        "10, 4090, false, 8192",
        "2000, 0, true, 8192",
        "12000, 2000, false, 32768",
        "9999999, 0, false, 131072",
    })
    void whatTheUsualRoomIsTooSmallForGetsAPowerOfTwo(int prompt, int answer, boolean vision, int room) {
        assertThat(OllamaContext.of(new Demand(prompt, answer, vision, false, false, 0)))
                .isEqualTo(room);
    }
}

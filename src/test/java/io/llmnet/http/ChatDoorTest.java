package io.llmnet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.http.page.Shop;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatDoorTest {
    private final Shop shop = new Shop();

    @AfterEach
    void end() {
        shop.close();
    }

    private HttpResponse<String> chat(String model) {
        return shop.send(
                "POST",
                "/v1/chat/completions",
                "{'model':'" + model + "','messages':[{'role':'user','content':'hello'}]}");
    }

    @Test
    void anUnknownModelIsNamedButNotAtAnyLength() {
        assertThat(chat("gpt-9").body()).contains("the model `gpt-9` does not exist");
        HttpResponse<String> answer = chat("x".repeat(5000));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("`" + "x".repeat(100) + "...`").hasSizeLessThan(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00"})
    void halfACharacterIsAnswered(String model) {
        assertThat(chat(model).statusCode()).isBetween(400, 404);
    }
}

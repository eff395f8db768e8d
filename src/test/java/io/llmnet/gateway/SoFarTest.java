package io.llmnet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoFarTest {
    private final SoFar soFar = new SoFar();

    @Test
    void theTextsOfAllEventsAreOneText() {
        add("data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
        add("data: {\"choices\":[{\"delta\":{\"content\":\"He said \\\"hi\\\" \\\\ \"}}]}\n\n");
        add("data: {\"choices\":[{\"delta\":{\"content\" : \"gr\\u00fc\\u00dfe\\n\"}}]}\n\n");
        add("data: {\"choices\":[{\"delta\":{\"content\":\"日本\"}}]}\n\n");

        assertThat(soFar.canGoOn()).isTrue();
        assertThat(soFar.text()).isEqualTo("He said \"hi\" \\ grüße\n日本");
    }

    @Test
    void whereNothingWasSaidNothingCanBeContinued() {
        add("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n");

        assertThat(soFar.canGoOn()).isFalse();
    }

    @Test
    void insideAToolCallNothingCanBeContinued() {
        add("data: {\"choices\":[{\"delta\":{\"content\":\"Let me look.\"}}]}\n\n");
        add(
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}}]}\n\n");

        assertThat(soFar.canGoOn()).isFalse();
    }

    @Test
    void thoughtsCannotBeContinued() {
        add("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm\"}}]}\n\n");
        add("data: {\"choices\":[{\"delta\":{\"content\":\"So\"}}]}\n\n");

        assertThat(soFar.canGoOn()).isFalse();
    }

    @Test
    void severalChoicesCannotBeContinued() {
        add("data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Hi\"}}]}\n\n");

        assertThat(soFar.canGoOn()).isFalse();
    }

    @Test
    void whatIsVeryLongIsNotKept() {
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(1000) + "\"}}]}\n\n";
        for (int i = 0; i < 600; i++) {
            add(event);
        }

        assertThat(soFar.canGoOn()).isFalse();
    }

    private void add(String events) {
        soFar.add(events.getBytes(UTF_8));
    }
}

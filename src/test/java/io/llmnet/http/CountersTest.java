package io.llmnet.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.chat.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CountersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Counters counters = new Counters(registry);

    private void ask(String model) {
        counters.begin();
        counters.end(model, 200, 1, Usage.of(3, 2));
    }

    private long requests(String model) {
        return registry.get("llmnet.request.duration")
                .tag("model", model)
                .timer()
                .count();
    }

    @Test
    void eachModelIsCountedByItsName() {
        ask("qwen3");
        ask("phi4");
        ask("qwen3");

        assertThat(requests("qwen3")).isEqualTo(2);
        assertThat(requests("phi4")).isEqualTo(1);
        assertThat(registry.get("llmnet.tokens")
                        .tag("model", "qwen3")
                        .tag("kind", "prompt")
                        .counter()
                        .count())
                .isEqualTo(6);
    }

    @Test
    void inventedNamesAreOneLabelBeyondTheFirstThousand() {
        for (int each = 0; each < 1500; each++) {
            ask("invented-" + each);
        }
        ask("invented-0");

        assertThat(registry.get("llmnet.request.duration").timers()).hasSize(1001);
        assertThat(requests("other")).isEqualTo(500);
        assertThat(requests("invented-0")).isEqualTo(2);
    }

    @Test
    void aNameThatIsVeryLongIsNoLabel() {
        ask("x".repeat(10_000));

        assertThat(requests("other")).isEqualTo(1);
    }
}

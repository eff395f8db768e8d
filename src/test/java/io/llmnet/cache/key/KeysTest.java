package io.llmnet.cache.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void theSameFieldsMakeTheSameKey() {
        assertThat(Keys.of("task").with("prompt", "hi").key())
                .isEqualTo(Keys.of("task").with("prompt", "hi").key())
                .matches("[0-9a-f]{64}");
    }

    /** LLM Pool put task, prompt and limit one after the other: "chat" and "bot" was "chatb" and "ot". */
    @Test
    void whatStandsOnEitherSideOfABorderMatters() {
        String one = Keys.of("task")
                .with("task", "chat")
                .with("prompt", "bot1")
                .with("max", "2")
                .key();
        String other = Keys.of("task")
                .with("task", "chatb")
                .with("prompt", "ot")
                .with("max", "12")
                .key();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void aValueCannotPassForTheFieldsAfterIt() {
        byte[] rest = new byte[] {0, 0, 0, 1, 'b', 0, 0, 0, 1, '2'};
        String forged = Keys.of("x").with("a", join("1".getBytes(UTF_8), rest)).key();

        assertThat(forged)
                .isNotEqualTo(Keys.of("x").with("a", "1").with("b", "2").key());
    }

    @Test
    void namesMatter() {
        assertThat(Keys.of("x").with("tenant", "a").key())
                .isNotEqualTo(Keys.of("x").with("strategy", "a").key());
    }

    @Test
    void whatIsAbsentIsNotEmpty() {
        assertThat(Keys.of("x").with("a", (String) null).key())
                .isNotEqualTo(Keys.of("x").with("a", "").key())
                .isNotEqualTo(Keys.of("x").key());
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}

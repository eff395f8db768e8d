package io.llmnet.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
    private static String redacted(String said, String key) {
        return new String(Redaction.of(said.getBytes(UTF_8), key), UTF_8);
    }

    @Test
    void aKeyThatIsRepeatedIsTakenOut() {
        assertThat(redacted("wrong key: sk-123456 – ‘sk-123456’", "sk-123456")).isEqualTo("wrong key: *** – ‘***’");
    }

    @Test
    void aWordThatStandsForNoKeyStays() {
        assertThat(redacted("ollama has no such model", "ollama")).isEqualTo("ollama has no such model");
    }

    @Test
    void whatHoldsNoKeyIsTheSameBytes() {
        byte[] said = {'{', (byte) 0xff, '}'};

        assertThat(Redaction.of(said, "sk-123456")).isSameAs(said);
        assertThat(Redaction.of(said, null)).isSameAs(said);
    }
}

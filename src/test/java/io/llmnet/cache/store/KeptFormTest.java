package io.llmnet.cache.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptFormTest {
    private static final Kept KEPT = new Kept(
            201,
            "application/json",
            Map.of("x-llmnet-backend", "b1", "x-llmnet-model", "m"),
            List.of("one", "zwei\n"),
            "{\"é\":1}".getBytes(UTF_8),
            1_700_000_000_123L,
            false);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(KeptForm.kept(KeptForm.bytes(KEPT)).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(KEPT);
    }

    @Test
    void whatIsCutOffAnywhereIsNoAnswer() {
        byte[] whole = KeptForm.bytes(KEPT);
        for (int length = 0; length < whole.length; length++) {
            assertThat(KeptForm.kept(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    @Test
    void anotherVersionIsNoAnswer() {
        byte[] other = KeptForm.bytes(KEPT);
        other[0]++;

        assertThat(KeptForm.kept(other)).isEmpty();
    }

    @Test
    void lengthsThatCannotBeAreNoAnswer() {
        byte[] wrong = KeptForm.bytes(KEPT);
        Arrays.fill(wrong, 14, 18, (byte) 0x7f);
        assertThat(KeptForm.kept(wrong)).isEmpty();
        Arrays.fill(wrong, 14, 18, (byte) 0xff);
        assertThat(KeptForm.kept(wrong)).isEmpty();
    }
}

package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextSizeTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        // asked, the model's own, memory in GiB, given
        "0, 2048, 64, 2048",
        "0, 131072, 64, 8192",
        "0, 131072, 8, 4096",
        "0, 131072, 1, 512",
        "0, 0, 64, 4096",
        "1024, 2048, 1, 1024",
        "4096, 2048, 64, 2048",
        "16384, 131072, 1, 16384",
    })
    void aRequestMayUseWhatTheModelAndTheMemoryAllow(int asked, long own, long memory, int given) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "general.architecture", "llama",
                "llama.context_length", own,
                "llama.block_count", 32L,
                "llama.embedding_length", 4096L,
                "llama.attention.head_count", 32L,
                "llama.attention.head_count_kv", 8L));
        NodeOptions options = NodeOptions.of(Map.of("model-path", "m.gguf", "n-ctx", String.valueOf(asked)), Map.of());

        int context = ContextSize.of(options, new Gguf(values, 1), memory * GIB);

        assertThat(context).isEqualTo(given);
    }
}

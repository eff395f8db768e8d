package io.llmnet.protocol.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.protocol.openai.ModelList.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CONFORMANCE 21. */
class ModelListTest {
    private static final Entry ENTRY = new Entry("org/model:8b", "llmnet", 1753000000);
    private static final String JSON =
            "{\"id\":\"org/model:8b\",\"object\":\"model\",\"created\":1753000000,\"owned_by\":\"llmnet\"}";

    @Test
    void listsModels() {
        assertThat(new String(ModelList.of(List.of(ENTRY)), UTF_8))
                .isEqualTo("{\"object\":\"list\",\"data\":[" + JSON + "]}");
    }

    @Test
    void showsOne() {
        assertThat(new String(ModelList.one(ENTRY), UTF_8)).isEqualTo(JSON);
    }
}

package io.llmnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeOptionsTest {
    private static final Map<String, String> MODEL = Map.of("MODEL_PATH", "/models/llama-3.Q4_K_M.gguf");

    @Test
    void aModelIsEnough() {
        NodeOptions options = NodeOptions.of(Map.of(), MODEL);

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8000);
        assertThat(options.context()).isZero();
        assertThat(options.batch()).isEqualTo(512);
        assertThat(options.gpuLayers()).isZero();
        assertThat(options.parallel()).isEqualTo(4);
        assertThat(options.nodeId()).matches("[0-9a-f]{16}");
        assertThat(options.modelId()).isEqualTo("llama-3.Q4_K_M");
    }

    @Test
    void aFlagBeatsTheEnvironment() {
        Map<String, String> environment =
                Map.of("MODEL_PATH", "a.gguf", "PORT", "9000", "N_CTX", "1024", "HOST", "0.0.0.0");

        NodeOptions options =
                NodeOptions.of(Map.of("port", "9001", "ctx-size", "512", "model-path", "b.gguf"), environment);

        assertThat(options.model()).isEqualTo(Path.of("b.gguf"));
        assertThat(options.port()).isEqualTo(9001);
        assertThat(options.context()).isEqualTo(512);
        assertThat(options.host()).isEqualTo("0.0.0.0");
    }

    @Test
    void everyMistakeIsSaidAtOnceInTheUsersWords() {
        Map<String, String> environment = Map.of("PORT", "http", "N_GPU_LAYERS", "-2");

        assertThatThrownBy(() -> NodeOptions.of(Map.of("n-ctx", "4k"), environment))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("PORT: \"http\" is not a whole number from 0 to 65535; the default is 8000; "
                        + "--n-ctx: \"4k\" is not a whole number from 0 up; the default is 0; "
                        + "N_GPU_LAYERS: \"-2\" is not a whole number from -1 to 100000; the default is 0; "
                        + "no model; give --model-path FILE.gguf or set MODEL_PATH");
    }

    @Test
    void anEmptyVariableCountsAsNone() {
        NodeOptions options = NodeOptions.of(Map.of(), Map.of("MODEL_PATH", "m.gguf", "PORT", " ", "NODE_ID", ""));

        assertThat(options.port()).isEqualTo(8000);
        assertThat(options.nodeId()).isNotBlank();
    }
}

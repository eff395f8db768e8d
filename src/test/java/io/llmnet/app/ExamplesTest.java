package io.llmnet.app;

import static io.llmnet.app.Caller.content;
import static io.llmnet.app.Caller.question;
import static io.llmnet.app.Caller.said;
import static io.llmnet.app.Caller.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.pipeline.file.Compositions;
import io.llmnet.pipeline.file.Reading;
import io.llmnet.secret.SecretStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example loads without a complaint and runs. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class ExamplesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LLMNET_NODE", "http://127.0.0.1:8000",
            "VLLM_URL", "http://gpu-box:8000",
            "CLOUD_URL", "https://example.org",
            "CLOUD_API_KEY", "a-key");

    private final Caller caller = Caller.ofServer();

    static List<Path> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsReadWithoutAProblem(Path example) {
        try (SecretStore secrets = new SecretStore(ENVIRONMENT::get)) {
            Reading reading = Compositions.read(example.toString(), Examples.text(example), ENVIRONMENT::get, secrets);

            assertThat(reading.problems()).isEmpty();
            assertThat(reading.graph()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleAnswersWholeAndAsAStream(Path example) {
        String model = ("example-" + example.getFileName()).replaceAll("\\.[a-z]+$", "");

        HttpResponse<String> answer = caller.chat(question(model, "Why is the sky blue?"));
        HttpResponse<String> stream = caller.chat(streamed(model, "Why is the sky blue?"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(content(answer)).contains(" heard ");
        assertThat(said(stream.body())).isEqualTo(content(answer));
    }
}

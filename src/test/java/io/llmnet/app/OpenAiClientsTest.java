package io.llmnet.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.sdk.SdkScripts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official OpenAI clients, unmodified, find what they expect. */
@QuarkusTest
@QuarkusTestResource(Served.class)
class OpenAiClientsTest {
    private final URI root = Caller.ofServer().root().resolve("/v1");

    @ParameterizedTest
    @ValueSource(strings = {"tools", "layers"})
    void theClientForPythonIsContent(String model) throws Exception {
        check(SdkScripts.python(), model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "layers"})
    void theClientForNodeIsContent(String model) throws Exception {
        check(SdkScripts.node(), model);
    }

    private void check(SdkScripts client, String model) throws Exception {
        SdkScripts.Outcome outcome = client.check(root, model, model.equals("tools"));

        assertThat(outcome.code()).as(outcome.output()).isZero();
    }
}

package io.llmnet.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.sdk.SdkScripts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Google's client for Python makes of our file and our port. */
class PythonClientTest {
    @Test
    void aClientMadeFromTheFileUnderstandsThePort() throws Exception {
        try (Opened opened = new Opened(null)) {
            SdkScripts.Outcome outcome = SdkScripts.grpc()
                    .check(Map.of(
                            "TARGET", "127.0.0.1:" + opened.door.port(),
                            "PROTO", Path.of("src/main/proto").toAbsolutePath().toString(),
                            "DESCRIPTOR",
                                    Path.of("src/main/resources/grpc/llmpool.desc")
                                            .toAbsolutePath()
                                            .toString()));

            assertThat(outcome.code()).as(outcome.output()).isZero();
        }
    }
}

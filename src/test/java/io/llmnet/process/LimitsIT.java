package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server takes on at once. */
class LimitsIT {
    @TempDir
    private Path folder;

    @Test
    void oneMoreThanWasAllowedIsToldToComeBack() throws IOException {
        try (StagedModel model = StagedModel.start();
                Serving serving = serve(model);
                InputStream first = serving.stream(
                                "{'model':'chat','stream':true,'messages':[{'role':'user','content':'Hi'}]}")
                        .body()) {
            first.readNBytes(6);
            HttpResponse<String> second = serving.ask("{'model':'chat','messages':[{'role':'user','content':'Hi'}]}");
            model.goOn();
            first.readAllBytes();
            HttpResponse<String> third = serving.ask("{'model':'chat','messages':[{'role':'user','content':'Hi'}]}");

            assertThat(second.statusCode()).isEqualTo(503);
            assertThat(second.body()).contains("\"code\":\"server_busy\"");
            assertThat(second.headers().firstValue("retry-after")).isPresent();
            assertThat(third.statusCode()).isEqualTo(200);
        }
    }

    private Serving serve(StagedModel model) throws IOException {
        Files.writeString(folder.resolve("chat.yaml"), """
                models:
                  staged: {url: %s}
                architecture:
                  - {name: chat, layer: 0, model: staged, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(model.url()));
        return Serving.start(Program.in(folder), "run", "--port", "0", "--max-concurrent", "1", "chat.yaml");
    }
}

package io.llmnet.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends that is told to. */
class EndingIT {
    /** 128 and the number of the signal, as for any program. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    private Serving serve(StagedModel model) throws IOException {
        Files.writeString(folder.resolve("chat.yaml"), """
                models:
                  staged: {url: %s}
                architecture:
                  - {name: chat, layer: 0, model: staged, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(model.url()));
        return Serving.start(Program.in(folder), "run", "--port", "0", "chat.yaml");
    }

    @Test
    void aStreamThatRunsComesToItsEndFirst() throws IOException {
        try (StagedModel model = StagedModel.start();
                Serving serving = serve(model);
                InputStream stream = serving.stream(
                                "{'model':'chat','stream':true,'messages':[{'role':'user','content':'Hi'}]}")
                        .body()) {
            String first = new String(stream.readNBytes(6), UTF_8);
            serving.terminate();
            Serving.until(() -> serving.get("/health").statusCode() == 503);
            boolean aliveWithStream = serving.running().process().isAlive();
            model.goOn();

            assertThat(first).isEqualTo("data: ");
            assertThat(aliveWithStream).isTrue();
            assertThat(new String(stream.readAllBytes(), UTF_8))
                    .contains(" last")
                    .endsWith("data: [DONE]\n\n");
            assertThat(serving.running().code()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void withNothingToDoItEndsAtOnce() throws IOException {
        try (StagedModel model = StagedModel.start();
                Serving serving = serve(model)) {
            long start = System.nanoTime();
            serving.terminate();

            assertThat(serving.running().code()).isEqualTo(TERMINATED);
            // half of the time that it would wait for answers
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(serving.running().process().descendants()).isEmpty();
        }
    }
}

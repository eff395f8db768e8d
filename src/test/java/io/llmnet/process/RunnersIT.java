package io.llmnet.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.process.Program.Ended;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose real model the server starts itself. Skipped only where the model cannot be fetched. */
class RunnersIT {
    private static final String HELLO = "{'model':'own','max_tokens':8,'messages':[{'role':'user','content':'Hello'}]}";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void fetchModel() throws IOException {
        Ended fetched = Program.in(folder).run("quickstart", "--fetch-only");
        Assumptions.assumeTrue(fetched.code() == 0, () -> {
            String why = "the model cannot be fetched: " + fetched.err().strip();
            System.out.println("RunnersIT is skipped, " + why);
            return why;
        });
        Files.writeString(
                folder.resolve("own.yaml"), """
                models:
                  own: {runner: llama-cpp, source: %s, parameters: {n_ctx: 2048, n_parallel: 1}}
                architecture:
                  - {name: chat, layer: 0, model: own, output-to: [out]}
                  - {name: out, adapter: output}
                """.formatted(fetched.out().strip()));
    }

    private static Serving serve() {
        return Serving.start(
                Program.in(folder).with("LLMNET_HOME", folder.toString()), "run", "--port", "0", "own.yaml");
    }

    /** Asks until the model has started. */
    private static HttpResponse<String> answer(Serving serving) {
        Deque<HttpResponse<String>> answers = new ArrayDeque<>();
        Serving.until(() -> {
            answers.push(serving.ask(HELLO));
            return !isStarting(answers.element());
        });
        return answers.element();
    }

    private static boolean isStarting(HttpResponse<String> answer) {
        if (!answer.body().contains("model_starting")) {
            return false;
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        return true;
    }

    private static List<ProcessHandle> family(Serving serving) {
        return serving.running().process().descendants().toList();
    }

    @Test
    void itsModelIsStartedAndAnswersAndEndsWithTheServer() {
        Serving serving = serve();
        HttpResponse<String> answer = answer(serving);
        List<ProcessHandle> family = family(serving);

        serving.terminate();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"finish_reason\"").contains("\"completion_tokens\"");
        assertThat(serving.running().code()).isEqualTo(143);
        assertThat(family).isNotEmpty();
        Serving.until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder.resolve("logs/own-own.log")).isNotEmptyFile();
    }

    @Test
    void killedTheServerLeavesNothingBehind() {
        Serving serving = serve();
        HttpResponse<String> answer = answer(serving);
        List<ProcessHandle> family = family(serving);

        serving.running().close();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(family).isNotEmpty();
        Serving.until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    }
}

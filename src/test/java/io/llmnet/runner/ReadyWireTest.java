package io.llmnet.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.pipeline.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyWireTest {
    private static final Answer ANSWER = Answer.of(200, "application/json", ByteStream.of(new byte[0]));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private static CompletableFuture<Answer> ask(Runners runners, Model model) {
        Backend backend = new Backend(model.name(), Backend.Speaks.OPENAI, model.url(), null, Timeouts.DEFAULT);
        Ask ask = new Ask(
                "id",
                Call.Dialect.CHAT,
                false,
                false,
                new byte[0],
                Deadline.in(Duration.ofMinutes(1), System.nanoTime()),
                new Cancel(),
                new Tab(),
                Runnable::run);
        return new ReadyWire((asked, what) -> CompletableFuture.completedFuture(ANSWER), runners)
                .ask(backend, ask)
                .toCompletableFuture();
    }

    @Test
    void onlyModelsThatAreReadyAreAsked() throws IOException {
        StandIns machine = new StandIns(folder).with("llama-server", "slow");
        try (Runners runners = machine.runners()) {
            Graph graph = runners.placed(StandIns.graph(
                    "p", "m: {runner: llama-cpp, source: " + machine.gguf() + "}", "n: {url: 'http://h'}"));
            Model starting = graph.models().values().iterator().next();
            runners.sync(List.of(graph));

            assertThatThrownBy(() -> ask(runners, starting).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.MODEL_STARTING))
                    .hasMessage("model m is starting; ask again in a moment");
            assertThat(graph.models())
                    .extractingByKey("n")
                    .satisfies(other -> assertThat(ask(runners, other)).isCompletedWithValue(ANSWER));

            machine.go();
            Soon.holds("it is asked", () -> !ask(runners, starting).isCompletedExceptionally());
        }
    }

    @Test
    void oneThatCannotBeStartedIsNoBackend() {
        try (Runners runners = new StandIns(folder).runners()) {
            Graph graph = runners.placed(StandIns.graph("p", "m: {runner: vllm, source: org/m}"));
            Model model = graph.models().values().iterator().next();
            runners.sync(List.of(graph));
            Soon.holds("it is given up", () -> runners.state("m", model.url()) == Standing.State.GIVEN_UP);

            assertThatThrownBy(() -> ask(runners, model).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            ChatException.class, why -> assertThat(why.fault()).isEqualTo(Fault.NO_BACKEND));
        }
    }
}

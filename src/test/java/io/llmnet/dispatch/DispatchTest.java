package io.llmnet.dispatch;

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
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private static final long NOW = 1_000;

    private final List<String> asked = new ArrayList<>();
    private final Cancel cancel = new Cancel();

    @Test
    void theFirstCandidateAnswersAndNobodyElseIsAsked() {
        Dispatch dispatch = dispatch(Map.of("a", answering(200), "b", answering(200)));

        Answer answer = ask(dispatch, NOW + 1, "a", "b");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void theNextIsAskedWhenOneIsUnreachableFailsOrIsTooBusy() {
        Dispatch dispatch = dispatch(Map.of(
                "unreachable", failing(Fault.BACKEND_UNREACHABLE),
                "failed", answering(500),
                "busy", answering(429),
                "good", answering(200)));

        Answer answer = ask(dispatch, NOW + 1, "unreachable", "failed", "busy", "good");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(asked).containsExactly("unreachable", "failed", "busy", "good");
    }

    @Test
    void anAnswerThatBlamesTheCallerIsTheAnswer() {
        Dispatch dispatch = dispatch(Map.of("a", answering(400), "b", answering(200)));

        Answer answer = ask(dispatch, NOW + 1, "a", "b");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void theLastBadAnswerIsTheAnswerWhenThereIsNoBetter() {
        Dispatch dispatch = dispatch(Map.of("a", failing(Fault.BACKEND_UNREACHABLE), "b", answering(503)));

        Answer answer = ask(dispatch, NOW + 1, "a", "b");

        assertThat(answer.status()).isEqualTo(503);
    }

    @Test
    void aCallerWhoHasLeftIsAnsweredByNobody() {
        Dispatch dispatch = dispatch(Map.of("a", answering(200)));
        cancel.cancel();

        assertThatThrownBy(() -> ask(dispatch, NOW + 1, "a")).satisfies(is(Fault.CANCELLED));
        assertThat(asked).isEmpty();
    }

    @Test
    void nobodyIsAskedOnceTheTimeIsOver() {
        Dispatch dispatch = dispatch(Map.of("a", answering(200)));

        assertThatThrownBy(() -> ask(dispatch, NOW, "a")).satisfies(is(Fault.TIMED_OUT));
        assertThat(asked).isEmpty();
    }

    private Dispatch dispatch(Map<String, Supplier<CompletableFuture<Answer>>> backends) {
        return new Dispatch(
                (backend, ask) -> {
                    asked.add(backend.name());
                    return Objects.requireNonNull(backends.get(backend.name())).get();
                },
                () -> NOW);
    }

    private Answer ask(Dispatch dispatch, long deadline, String... names) {
        List<Candidate> candidates = List.of(names).stream()
                .map(name -> new Candidate(
                        new Backend(name, Backend.Speaks.OPENAI, URI.create("http://x"), null, Timeouts.DEFAULT), "m"))
                .toList();
        return dispatch.ask(
                        new Plan(candidates),
                        candidate -> new Ask(
                                "id",
                                Call.Dialect.CHAT,
                                false,
                                false,
                                new byte[0],
                                new Deadline(deadline),
                                cancel,
                                new Tab(),
                                Runnable::run))
                .toCompletableFuture()
                .join();
    }

    private static Supplier<CompletableFuture<Answer>> answering(int status) {
        return () ->
                CompletableFuture.completedFuture(Answer.of(status, "application/json", ByteStream.of(new byte[0])));
    }

    private static Supplier<CompletableFuture<Answer>> failing(Fault fault) {
        return () -> CompletableFuture.failedFuture(new ChatException(fault, "staged"));
    }

    private static java.util.function.Consumer<Throwable> is(Fault fault) {
        return thrown -> assertThat(thrown)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ChatException.class, chat -> assertThat(chat.fault()).isEqualTo(fault));
    }
}

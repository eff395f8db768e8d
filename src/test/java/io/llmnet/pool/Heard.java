package io.llmnet.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a client has heard so far. */
final class Heard {
    @Nullable
    Inference inference;

    @Nullable
    Throwable failure;

    Heard(CompletionStage<Inference> answer) {
        answer.whenComplete((come, why) -> {
            inference = come;
            failure = why;
        });
    }

    boolean isWaiting() {
        return inference == null && failure == null;
    }

    Inference well() {
        assertThat(failure).isNull();
        return Objects.requireNonNull(inference);
    }

    void failed(Fault fault, String message) {
        assertThat(failure).isInstanceOfSatisfying(ChatException.class, why -> {
            assertThat(why.fault()).isEqualTo(fault);
            assertThat(why.text()).isEqualTo(message);
        });
    }
}

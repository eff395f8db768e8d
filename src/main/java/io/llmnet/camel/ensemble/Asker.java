package io.llmnet.camel.ensemble;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.ensemble.Seat;
import java.util.concurrent.CompletionStage;

/** Finds who sits in a seat, and asks. */
@FunctionalInterface
public interface Asker {
    /**
     * Asks on the call's home.
     *
     * @param call names the seat's model
     * @return fails with a {@link io.llmnet.fault.ChatException}
     */
    CompletionStage<Answer> ask(Seat seat, Call call);
}

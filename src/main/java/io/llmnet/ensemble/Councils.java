package io.llmnet.ensemble;

import io.llmnet.chat.Call;
import java.util.concurrent.CompletionStage;

/** Has councils answer. */
public interface Councils {
    /**
     * Has a council answer a call; to be called on the call's home, where it completes, too. Fails with a
     * {@link io.llmnet.fault.ChatException}: NO_AGREEMENT, ANSWERS_REJECTED, NO_BACKEND when all members failed, TIMED_OUT.
     *
     * @param call a chat; the model that it names is of no meaning
     */
    CompletionStage<Resolution> ask(Council council, Call call, Acceptance acceptance);
}

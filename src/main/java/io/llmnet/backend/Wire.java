package io.llmnet.backend;

import io.llmnet.chat.Answer;
import java.util.concurrent.CompletionStage;

/** The port to the backends. */
@FunctionalInterface
public interface Wire {
    /**
     * Asks one backend, once. The answer comes when it is worth something: a stream with its first content held ready, any
     * other body whole; a backend's own error is an answer too, in OpenAI's shape. Fails with a
     * {@link io.llmnet.fault.ChatException} when there is no answer, or a broken one. Completes on {@code ask.home()}.
     */
    CompletionStage<Answer> ask(Backend backend, Ask ask);
}

package io.llmnet.http;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import java.util.concurrent.CompletionStage;

/** One model id that callers can name, and what answers for it. */
public interface Entry {
    String name();

    /** Whether it takes OpenAI's older completions as they are; if not, they are turned into chats for it. */
    boolean takesCompletions();

    /** Answers a call; fails with a {@link io.llmnet.fault.ChatException}. */
    CompletionStage<Answer> ask(Call call);

    /** Whether it makes vectors. */
    default boolean takesEmbeddings() {
        return false;
    }
}

package io.llmnet.cache;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers from what is kept, else by asking; at the same time asks for each key once. */
@FunctionalInterface
public interface Answers {
    /**
     * An answer to a call; on the call's home. It has the header {@code x-llmnet-cache}: {@code hit}, {@code similar},
     * {@code shared} or {@code miss}; a hit has {@code age} in seconds, too, and the headers that it was kept with.
     *
     * @param ask asks whoever can answer; with another cancel, for several may wait for it. Only good answers are kept, by
     *     the model that was asked for, and without the header {@code x-llmnet-keep: no}, which goes no further
     */
    CompletionStage<Answer> answer(Call call, Keeping keeping, Function<Call, CompletionStage<Answer>> ask);
}

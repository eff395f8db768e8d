package io.llmnet.camel.llm;

import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Spoken;
import java.util.concurrent.Executor;

/** A plain prompt as a call, for exchanges that come from no door of ours. */
final class PlainCall {
    private PlainCall() {}

    static Call of(String id, String model, String prompt, Sampling sampling, Executor home) {
        byte[] body = Spoken.prompt(model, sampling.system(), prompt, sampling.temperature(), sampling.maxTokens());
        Head head = Head.read(body, Call.Dialect.CHAT);
        return new Call(
                id,
                Call.Dialect.CHAT,
                head.model(),
                head.modelAt(),
                false,
                false,
                body,
                header -> null,
                Deadline.in(sampling.timeout(), System.nanoTime()),
                new Cancel(),
                new Tab(),
                home,
                head.demand());
    }
}

package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.protocol.openai.Spoken;
import java.util.Objects;

/** Ends a run with what was said last, where that was not known to be the end before it was said. */
final class Finish {
    private Finish() {}

    static Run of(Run run) {
        Call call = run.call();
        Said said = Objects.requireNonNull(run.said(), "a run ends before anybody has spoken");
        byte[] completion = said.completion() == null
                ? Spoken.completion(
                        "chatcmpl-" + call.id(),
                        System.currentTimeMillis() / 1000,
                        run.graph().name(),
                        said.text())
                : said.completion();
        byte[] told = Spoken.withUsage(completion, call.tab().total());
        Answer answer = call.stream()
                ? Answer.of(200, "text/event-stream", ByteStream.of(Spoken.asStream(told, call.includeUsage())))
                : Answer.of(200, "application/json", ByteStream.of(told));
        return run.answering(answer.after(run.trace(), Usage.NONE));
    }
}

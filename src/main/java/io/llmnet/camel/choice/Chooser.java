package io.llmnet.camel.choice;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.llmnet.backend.Ask;
import io.llmnet.camel.watch.AskWatch;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Completion;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * LangChain4j's view of the models that routers ask: a choice goes through the same dispatch as every other call, with its
 * deadline, its cancel and its bill. Waits for the answer, as LangChain4j does: not for the event loop.
 */
public final class Chooser implements ChatModel {
    /** Dispatch keeps the deadline; who waits gives it the time to say so. */
    private static final long GRACE_NANOS = 200_000_000;

    private final Dispatch dispatch;

    public Chooser(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Question question = Question.in(request.messages());
        AskWatch watch = AskWatch.begin(question.watch(), question.call(), question.asks());
        try {
            Answer answer = watch.hears(asked(question, watch));
            watch.answered(answer);
            return told(answer);
        } catch (ChatException e) {
            watch.failed(e);
            throw e;
        }
    }

    private Answer asked(Question question, AskWatch watch) {
        Answer answer = asked(question, true, watch);
        if (answer.status() == 400 || answer.status() == 422) {
            // Not every server can constrain an answer, and some refuse to try.
            return asked(question, false, watch);
        }
        return answer;
    }

    private static ChatResponse told(Answer answer) {
        if (!answer.isOk()) {
            throw new ChatException(Fault.BACKEND_FAILED, "the router's model answered " + answer.status());
        }
        byte[] json = answer.body().whole().toCompletableFuture().join();
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(Completion.parse(json).text()))
                .build();
    }

    private Answer asked(Question question, boolean constrained, AskWatch watch) {
        Call call = question.call();
        long left = call.deadline().leftNanos(System.nanoTime());
        try {
            return dispatch.ask(
                            question.plan(),
                            candidate -> watch.sends(new Ask(
                                    call.id(),
                                    Call.Dialect.CHAT,
                                    false,
                                    false,
                                    question.body(candidate.model(), constrained),
                                    call.deadline(),
                                    call.cancel(),
                                    watch.tab(),
                                    call.home(),
                                    0,
                                    watch.traceparent())))
                    .toCompletableFuture()
                    .get(left + GRACE_NANOS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ChatException chat
                    ? chat
                    : new ChatException(Fault.INTERNAL, "the router's model could not be asked", e.getCause());
        } catch (TimeoutException e) {
            throw new ChatException(Fault.TIMED_OUT, "the time for this request is over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(Fault.STOPPING, "the server is stopping", e);
        }
    }
}

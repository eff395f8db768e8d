package io.llmnet.camel.llm;

import io.llmnet.backend.Ask;
import io.llmnet.camel.Refusal;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Spoken;
import io.llmnet.routing.Plan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Asks a model a plain prompt, for routes of anybody's own: text in, text out. */
final class PromptProducer extends DefaultAsyncProducer {
    private final Dispatch dispatch;
    private final Supplier<Executor> homes;
    private final Plan plan;
    private final Sampling sampling;

    PromptProducer(LlmEndpoint endpoint, Dispatch dispatch, Supplier<Executor> homes, Plan plan, Sampling sampling) {
        super(endpoint);
        this.homes = homes;
        this.dispatch = dispatch;
        this.plan = plan;
        this.sampling = sampling;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String prompt = exchange.getMessage().getBody(String.class);
        Executor home = homes.get();
        Deadline deadline = Deadline.in(sampling.timeout(), System.nanoTime());
        dispatch.ask(
                        plan,
                        candidate -> new Ask(
                                exchange.getExchangeId(),
                                Call.Dialect.CHAT,
                                false,
                                false,
                                Spoken.prompt(
                                        candidate.model(),
                                        sampling.system(),
                                        prompt,
                                        sampling.temperature(),
                                        sampling.maxTokens()),
                                deadline,
                                new Cancel(),
                                new Tab(),
                                home))
                .thenCompose(PromptProducer::text)
                .whenComplete((text, failure) -> {
                    NodeProducer.settle(exchange, text, failure);
                    callback.done(false);
                });
        return false;
    }

    private static CompletionStage<String> text(Answer answer) {
        return answer.isOk()
                ? answer.body().whole().thenApply(json -> Completion.parse(json).text())
                : CompletableFuture.failedFuture(new Refusal(answer));
    }
}

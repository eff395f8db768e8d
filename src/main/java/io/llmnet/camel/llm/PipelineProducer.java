package io.llmnet.camel.llm;

import io.llmnet.camel.Refusal;
import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Completion;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Asks a pipeline a plain prompt: text in, text out. */
final class PipelineProducer extends DefaultAsyncProducer {
    private static final String TRACE = "LLMNetTrace";

    private final LlmComponent models;
    private final String name;
    private final Sampling sampling;

    PipelineProducer(PipelineEndpoint endpoint, LlmComponent models, String name, Sampling sampling) {
        super(endpoint);
        this.models = models;
        this.name = name;
        this.sampling = sampling;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            String prompt = Objects.requireNonNullElse(exchange.getMessage().getBody(String.class), "");
            models.pipeline(name)
                    .ask(PlainCall.of(
                            exchange.getExchangeId(),
                            name,
                            prompt,
                            sampling,
                            models.homes().get()))
                    .thenCompose(answer -> text(exchange, answer))
                    .whenComplete((text, failure) -> {
                        NodeProducer.settle(exchange, text, failure);
                        callback.done(false);
                    });
            return false;
        } catch (ChatException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private static CompletionStage<String> text(Exchange exchange, Answer answer) {
        exchange.getMessage().setHeader(TRACE, String.join(", ", answer.trace()));
        return answer.isOk()
                ? answer.body().whole().thenApply(json -> Completion.parse(json).text())
                : CompletableFuture.failedFuture(new Refusal(answer));
    }
}

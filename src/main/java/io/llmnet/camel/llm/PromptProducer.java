package io.llmnet.camel.llm;

import io.llmnet.backend.Ask;
import io.llmnet.camel.Deployment;
import io.llmnet.camel.Plans;
import io.llmnet.camel.Refusal;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Head;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Asks a model a plain prompt, for routes of anybody's own: text in, text out. */
final class PromptProducer extends DefaultAsyncProducer {
    private final LlmComponent component;
    private final String name;
    private final Patience patience;
    private final Sampling sampling;

    /**
     * Asks, when it is asked, what is in place then.
     *
     * @param name a pipeline's and its model's, with a slash between; or a model's
     */
    PromptProducer(LlmEndpoint endpoint, LlmComponent component, String name, Patience patience, Sampling sampling) {
        super(endpoint);
        this.component = component;
        this.name = name;
        this.patience = patience;
        this.sampling = sampling;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            ask(exchange, callback);
            return false;
        } catch (ChatException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private void ask(Exchange exchange, AsyncCallback callback) {
        String prompt = Objects.requireNonNullElse(exchange.getMessage().getBody(String.class), "");
        int slash = name.lastIndexOf('/');
        Deployment pipeline = slash < 0 ? null : component.pipelineNamed(name.substring(0, slash));
        Call call = PlainCall.of(
                exchange.getExchangeId(),
                name,
                prompt,
                sampling,
                component.homes().get());
        CompletionStage<Answer> answer = pipeline == null
                ? component.gateway().ask(call)
                : component
                        .dispatch()
                        .ask(patience.on(plan(pipeline, name.substring(slash + 1))), to -> asked(call, to));
        answer.thenCompose(PromptProducer::text).whenComplete((text, failure) -> {
            NodeProducer.settle(exchange, text, failure);
            callback.done(false);
        });
    }

    private static Ask asked(Call call, Candidate candidate) {
        return new Ask(
                call.id(),
                call.dialect(),
                false,
                false,
                Head.withModel(call.body(), call.modelAt(), candidate.model()),
                call.deadline(),
                call.cancel(),
                call.tab(),
                call.home());
    }

    private static Plan plan(Deployment pipeline, String model) {
        Graph graph = pipeline.graph();
        Plan plan = Plans.of(graph, model);
        if (plan == null) {
            throw new ChatException(
                    Fault.MODEL_NOT_FOUND,
                    "pipeline " + graph.name() + " has no model " + model + "; it has "
                            + String.join(", ", graph.models().keySet()));
        }
        return plan;
    }

    private static CompletionStage<String> text(Answer answer) {
        return answer.isOk()
                ? answer.body().whole().thenApply(json -> Completion.parse(json).text())
                : CompletableFuture.failedFuture(new Refusal(answer));
    }
}

package io.llmnet.camel.llm;

import io.llmnet.backend.Ask;
import io.llmnet.camel.Plans;
import io.llmnet.camel.Refusal;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Spoken;
import io.llmnet.routing.Plan;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Asks a model a plain prompt, for routes of anybody's own: text in, text out. */
final class PromptProducer extends DefaultAsyncProducer {
    private final LlmComponent component;
    private final String pipeline;
    private final String model;
    private final Patience patience;
    private final Sampling sampling;

    /**
     * Asks, when it is asked, what is in place then.
     *
     * @param name the pipeline's and the model's, with a slash between
     */
    PromptProducer(LlmEndpoint endpoint, LlmComponent component, String name, Patience patience, Sampling sampling) {
        super(endpoint);
        int slash = name.lastIndexOf('/');
        this.component = component;
        this.pipeline = name.substring(0, slash);
        this.model = name.substring(slash + 1);
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
        Plan plan = plan();
        Executor home = component.homes().get();
        Deadline deadline = Deadline.in(sampling.timeout(), System.nanoTime());
        component
                .dispatch()
                .ask(
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
    }

    private Plan plan() {
        Graph graph = component.pipeline(pipeline).graph();
        Plan plan = Plans.of(graph, model);
        if (plan == null) {
            throw new ChatException(
                    Fault.MODEL_NOT_FOUND,
                    "pipeline " + graph.name() + " has no model " + model + "; it has "
                            + String.join(", ", graph.models().keySet()));
        }
        return patience.on(plan);
    }

    private static CompletionStage<String> text(Answer answer) {
        return answer.isOk()
                ? answer.body().whole().thenApply(json -> Completion.parse(json).text())
                : CompletableFuture.failedFuture(new Refusal(answer));
    }
}

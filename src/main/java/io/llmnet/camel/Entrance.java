package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.pipeline.Graph;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where calls enter a pipeline's routes, on the caller's thread, with nothing looked up. */
public final class Entrance {
    private static final Logger LOGGER = LoggerFactory.getLogger(Entrance.class);

    private final Graph graph;
    private final Endpoint endpoint;
    private final AsyncProducer producer;

    /** The entrance of a pipeline whose routes are in {@code camel}. */
    public Entrance(CamelContext camel, Graph graph) throws Exception {
        this.graph = graph;
        this.endpoint = camel.getEndpoint(Uris.route(graph, graph.node(graph.entry())));
        this.producer = endpoint.createAsyncProducer();
        producer.start();
    }

    public Graph graph() {
        return graph;
    }

    /** Runs a call through the pipeline; fails with a ChatException. */
    public CompletionStage<Answer> ask(Call call) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(Run.of(call, graph));
        producer.process(exchange, doneSync -> settle(exchange, answer));
        return answer;
    }

    private void settle(Exchange exchange, CompletableFuture<Answer> answer) {
        Exception failure = exchange.getException();
        if (failure instanceof Refusal refusal) {
            answer.complete(refusal.answer());
        } else if (failure instanceof ChatException chat) {
            answer.completeExceptionally(chat);
        } else if (failure == null && exchange.getMessage().getBody() instanceof Run run && run.answer() != null) {
            answer.complete(run.answer());
        } else {
            LOGGER.error("pipeline={} ended without an answer", graph.name(), failure);
            answer.completeExceptionally(new ChatException(
                    Fault.INTERNAL, "pipeline " + graph.name() + " ended without an answer", failure));
        }
    }
}

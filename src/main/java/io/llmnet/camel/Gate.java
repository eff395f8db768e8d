package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where calls enter a fixed route that answers them, such as that of the gateway. */
public final class Gate {
    private static final Logger LOGGER = LoggerFactory.getLogger(Gate.class);

    private final Endpoint endpoint;
    private final AsyncProducer producer;

    /**
     * The gate of a route that is there.
     *
     * @param uri where the route begins
     */
    public Gate(CamelContext camel, String uri) throws Exception {
        this.endpoint = camel.getEndpoint(uri);
        this.producer = endpoint.createAsyncProducer();
        producer.start();
    }

    /** Has a call answered; fails with a ChatException. */
    public CompletionStage<Answer> ask(Call call) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(call);
        producer.process(exchange, doneSync -> settle(exchange, answer));
        return answer;
    }

    private void settle(Exchange exchange, CompletableFuture<Answer> answer) {
        Exception failure = exchange.getException();
        if (failure != null && exchange.getMessage().getBody() instanceof Answer unwanted) {
            // A step behind the answer has failed: nobody will read it, and its backend must not wait.
            unwanted.body().cancel();
        }
        if (failure instanceof ChatException chat) {
            answer.completeExceptionally(chat);
        } else if (failure == null && exchange.getMessage().getBody() instanceof Answer given) {
            answer.complete(given);
        } else {
            LOGGER.error("route={} ended without an answer", endpoint.getEndpointUri(), failure);
            answer.completeExceptionally(
                    new ChatException(Fault.INTERNAL, "the gateway ended without an answer", failure));
        }
    }
}

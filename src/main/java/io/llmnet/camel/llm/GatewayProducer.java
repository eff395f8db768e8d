package io.llmnet.camel.llm;

import io.llmnet.chat.Call;
import io.llmnet.gateway.Gateway;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** {@code llm:*}: has a call answered by the best of all backends that have the model that it names. */
final class GatewayProducer extends DefaultAsyncProducer {
    private final Gateway gateway;

    GatewayProducer(LlmEndpoint endpoint, Gateway gateway) {
        super(endpoint);
        this.gateway = gateway;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        gateway.ask(exchange.getMessage().getBody(Call.class)).whenComplete((answer, failure) -> {
            NodeProducer.settle(exchange, answer, failure);
            callback.done(false);
        });
        return false;
    }
}

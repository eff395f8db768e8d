package io.llmnet.camel.llm;

import io.llmnet.camel.ensemble.Sitting;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** {@code llm:model?seat=n}: asks a model for its place in a council, when its turn comes, without holding a thread. */
final class SeatProducer extends DefaultAsyncProducer {
    private final int seat;

    SeatProducer(LlmEndpoint endpoint, int seat) {
        super(endpoint);
        this.seat = seat;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.getMessage().getBody(Sitting.class).enter(seat, () -> callback.done(false));
        return false;
    }
}

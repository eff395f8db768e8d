package io.llmnet.camel.ensemble;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** The step of {@code routes/ensemble.yaml} that makes the answer of a sitting, by a judge where one is needed. */
final class Resolve extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.getMessage().getBody(Sitting.class).resolved().whenComplete((resolution, failure) -> {
            if (failure == null) {
                exchange.getMessage().setBody(resolution);
            } else {
                exchange.setException(failure);
            }
            callback.done(false);
        });
        return false;
    }

    @Override
    public String toString() {
        return "resolve";
    }
}

package io.llmnet.camel;

import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** One step of a run, under the name that the console shows. */
record Step(String name, UnaryOperator<Run> change) implements Processor {
    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(change.apply(exchange.getMessage().getBody(Run.class)));
    }

    @Override
    public String toString() {
        return name;
    }
}

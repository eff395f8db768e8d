package io.llmnet.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** A run as its branches, one to each of the nodes that it is to ask at once. */
final class Splitting extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
        Run run = exchange.getMessage().getBody(Run.class);
        exchange.setProperty(Gather.TRUNK, run);
        return run.next().stream().map(run::branchTo).toList();
    }

    @Override
    public String toString() {
        return "all that pass";
    }
}

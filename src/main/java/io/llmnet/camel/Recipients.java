package io.llmnet.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The nodes that a run is to ask at once; each gets a branch of the run. */
final class Recipients extends ExpressionAdapter {
    private final String set;

    /** Of those in one set of routes. */
    Recipients(String set) {
        this.set = set;
    }

    @Override
    public Object evaluate(Exchange exchange) {
        Run run = exchange.getMessage().getBody(Run.class);
        exchange.setProperty(Gather.TRUNK, run);
        exchange.getMessage().setBody(run.branch());
        return run.next().stream().map(node -> Uris.route(set, node)).toList();
    }

    @Override
    public String toString() {
        return "all that pass";
    }
}

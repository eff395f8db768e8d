package io.llmnet.camel;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The nodes that a run is to ask at once; each gets a branch of the run. */
final class Recipients extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
        Run run = exchange.getMessage().getBody(Run.class);
        exchange.setProperty(Gather.TRUNK, run);
        exchange.getMessage().setBody(run.branch());
        List<String> uris =
                run.next().stream().map(node -> Uris.route(run.graph(), node)).toList();
        return uris;
    }

    @Override
    public String toString() {
        return "all that pass";
    }
}

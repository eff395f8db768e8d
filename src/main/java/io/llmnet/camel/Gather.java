package io.llmnet.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Gathers what the branches of a fan-out bring, in the order in which the file names them, however they came in.
 *
 * <p>A branch that fails is left out. Only when all fail does the run fail, as the first of them did.
 */
final class Gather implements AggregationStrategy {
    /** The exchange's property that keeps the run as it was before it branched. */
    static final String TRUNK = "llmnetTrunk";

    @Override
    public Exchange aggregate(Exchange gathered, Exchange branch) {
        List<Branch> branches = new ArrayList<>();
        if (gathered != null) {
            branches.addAll(gathered.getMessage().getBody(Branches.class).all());
        }
        branches.add(new Branch(branch.getMessage().getBody(Run.class), branch.getException()));
        Exchange result = gathered == null ? branch : gathered;
        // A branch ends by stopping its route, or by failing: neither is the end of the run.
        result.setException(null);
        result.setRouteStop(false);
        result.getMessage().setBody(new Branches(branches));
        return result;
    }
}

package io.llmnet.camel.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExpressionAdapter;

/** The members of a sitting, one branch each. */
final class Seats extends ExpressionAdapter {
    @Override
    public Object evaluate(Exchange exchange) {
        Sitting sitting = exchange.getMessage().getBody(Sitting.class);
        List<String> branches = new ArrayList<>();
        for (Member member : sitting.members()) {
            branches.add(Assembly.uri(member.seat(), branches.size()));
        }
        return branches;
    }

    @Override
    public String toString() {
        return "all members";
    }

    /** What the branches bring is with the sitting already: any of them stands for all. */
    static final class Together implements AggregationStrategy {
        @Override
        public Exchange aggregate(Exchange gathered, Exchange branch) {
            if (gathered != null) {
                return gathered;
            }
            branch.setException(null);
            return branch;
        }
    }
}

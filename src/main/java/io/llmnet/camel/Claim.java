package io.llmnet.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** A question about a run, under the name that the console shows: of a condition, its text. */
record Claim(String name, java.util.function.Predicate<Run> question) implements Predicate {
    @Override
    public boolean matches(Exchange exchange) {
        return question.test(exchange.getMessage().getBody(Run.class));
    }

    @Override
    public String toString() {
        return name;
    }
}

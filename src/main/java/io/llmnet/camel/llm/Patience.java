package io.llmnet.camel.llm;

import io.llmnet.backend.Backend;
import io.llmnet.backend.Timeouts;
import io.llmnet.routing.Candidate;
import io.llmnet.routing.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an endpoint wants its model's server to be waited for; null for as long as the pipeline says. */
record Patience(
        @Nullable Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle) {
    /** The same plan with these in place of its own. */
    Plan on(Plan plan) {
        if (connect == null && firstByte == null && idle == null) {
            return plan;
        }
        return new Plan(plan.candidates().stream().map(this::on).toList(), plan.model(), plan.exclusions());
    }

    private Candidate on(Candidate candidate) {
        Backend backend = candidate.backend();
        Timeouts own = backend.timeouts();
        Timeouts timeouts = new Timeouts(
                connect == null ? own.connect() : connect,
                firstByte == null ? own.firstByte() : firstByte,
                idle == null ? own.idle() : idle);
        return new Candidate(
                new Backend(
                        backend.name(), backend.speaks(), backend.url(), backend.apiKey(), timeouts, backend.paths()),
                candidate.model(),
                candidate.offer(),
                candidate.reason(),
                candidate.fallbackFor());
    }
}

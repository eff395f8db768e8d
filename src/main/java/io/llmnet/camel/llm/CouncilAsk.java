package io.llmnet.camel.llm;

import io.llmnet.backend.Ask;
import io.llmnet.camel.Plans;
import io.llmnet.camel.Run;
import io.llmnet.camel.ensemble.Asker;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.camel.watch.AskWatch;
import io.llmnet.camel.watch.Asks;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.ensemble.Acceptance;
import io.llmnet.ensemble.Council;
import io.llmnet.ensemble.Resolution;
import io.llmnet.ensemble.Seat;
import io.llmnet.protocol.openai.Head;
import io.llmnet.routing.Plan;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Asks the models of a node that answer together. */
final class CouncilAsk {
    private final Dispatch dispatch;
    private final Patience patience;
    private final Assembly assembly;

    CouncilAsk(Dispatch dispatch, Patience patience, Assembly assembly) {
        this.dispatch = dispatch;
        this.patience = patience;
        this.assembly = assembly;
    }

    /**
     * What the node's council answers.
     *
     * @param body what it is asked
     */
    CompletionStage<Answer> ask(Run run, Council council, byte[] body, boolean stream, Asks.Purpose purpose) {
        Call call = run.call();
        Head head = Head.read(body, Call.Dialect.CHAT);
        Call asked = call.of(
                council.name(),
                body,
                head.modelAt(),
                stream,
                call.deadline(),
                call.cancel(),
                call.tab(),
                call.demand());
        return assembly.ask(council, asked, Acceptance.ANYTHING, asker(run, purpose))
                .thenApply(Resolution::answer);
    }

    private Asker asker(Run run, Asks.Purpose purpose) {
        return (seat, call) -> {
            Plan plan = patience.on(plan(run, seat));
            AskWatch watch = AskWatch.begin(run.watch(), call, new Asks(run.here(), purpose, plan.first(), run.hops()));
            return dispatch.ask(plan, candidate -> asked(call, candidate.model(), watch))
                    .thenApply(watch::hears)
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            watch.failed(failure);
                        } else {
                            watch.answered(answer);
                        }
                    });
        };
    }

    private static Plan plan(Run run, Seat seat) {
        return Objects.requireNonNull(Plans.of(run.graph(), seat.model()), "a member without a model");
    }

    private static Ask asked(Call call, String model, AskWatch watch) {
        return watch.sends(new Ask(
                call.id(),
                call.dialect(),
                call.stream(),
                call.includeUsage(),
                Head.withModel(call.body(), call.modelAt(), model),
                call.deadline(),
                call.cancel(),
                watch.tab(),
                call.home(),
                call.hops(),
                watch.traceparent()));
    }
}

package io.llmnet.camel.llm;

import io.llmnet.backend.Ask;
import io.llmnet.camel.Refusal;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.camel.watch.AskWatch;
import io.llmnet.camel.watch.Asks;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.chat.Usage;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.ensemble.Council;
import io.llmnet.pipeline.Node;
import io.llmnet.protocol.openai.ChatBody;
import io.llmnet.protocol.openai.Completion;
import io.llmnet.protocol.openai.Head;
import io.llmnet.routing.Plan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the model of the node where a run is. A node at the end of a pipeline gives the caller's answer, streamed if so wished; one in the
 * middle is waited for, and what it says is the next one's prompt.
 */
final class NodeAsk {
    private final Dispatch dispatch;
    private final Patience patience;
    private final CouncilAsk councils;

    NodeAsk(Dispatch dispatch, Patience patience, Assembly assembly) {
        this.dispatch = dispatch;
        this.patience = patience;
        this.councils = new CouncilAsk(dispatch, patience, assembly);
    }

    /** The caller's answer. Fails as dispatch does, and with a {@link Refusal} never: a backend's error is an answer. */
    CompletionStage<Run> answer(Run run) {
        Usage before = run.call().tab().total();
        Council council = run.here().council();
        if (council != null) {
            return councils.ask(run, council, answering(run, council.name()), run.call().stream(), Asks.Purpose.ANSWER)
                    .thenApply(answer -> run.answering(Bill.onto(answer.after(run.trace(), before))));
        }
        Plan plan = plan(run);
        AskWatch watch = watch(run, Asks.Purpose.ANSWER, plan);
        return dispatch.ask(
                        plan, candidate -> asked(run, run.call().stream(), answering(run, candidate.model()), watch))
                .thenApply(watch::hears)
                .whenComplete((answer, failure) -> over(watch, answer, failure))
                .thenApply(answer -> run.answering(Bill.onto(answer.after(run.trace(), before))));
    }

    /** The node's words, for the next one. A backend's error ends the run with a {@link Refusal}. */
    CompletionStage<Run> say(Run run) {
        return said(run, model -> inner(run, model));
    }

    /** The same for the caller's answer, where hooks look at it before the caller does. */
    CompletionStage<Run> hold(Run run) {
        return said(run, model -> body(run).forHolding(model, system(run), replacement(run)));
    }

    private CompletionStage<Run> said(Run run, Function<String, byte[]> body) {
        Council council = run.here().council();
        return (council == null
                        ? byModel(run, body)
                        : councils.ask(run, council, body.apply(council.name()), false, Asks.Purpose.PASS_ON))
                .thenCompose(answer -> answer.isOk()
                        ? answer.body()
                                .whole()
                                .thenApply(json -> run.saying(
                                        new Said(Completion.parse(json).text(), json, false, replacement(run))))
                        : CompletableFuture.failedFuture(new Refusal(answer.after(run.trace(), Usage.NONE))));
    }

    private CompletionStage<Answer> byModel(Run run, Function<String, byte[]> body) {
        Plan plan = plan(run);
        AskWatch watch = watch(run, Asks.Purpose.PASS_ON, plan);
        return dispatch.ask(plan, candidate -> asked(run, false, body.apply(candidate.model()), watch))
                .thenApply(watch::hears)
                .whenComplete((answer, failure) -> over(watch, answer, failure));
    }

    private static void over(AskWatch watch, @Nullable Answer answer, @Nullable Throwable failure) {
        if (failure != null) {
            watch.failed(failure);
        } else if (answer != null) {
            watch.answered(answer);
        }
    }

    private static AskWatch watch(Run run, Asks.Purpose purpose, Plan plan) {
        Asks asks = new Asks(run.here(), purpose, plan.candidates().get(0), run.hops());
        return AskWatch.begin(run.watch(), run.call(), asks);
    }

    private static Ask asked(Run run, boolean stream, byte[] body, AskWatch watch) {
        Call call = run.call();
        return watch.sends(new Ask(
                call.id(),
                call.dialect(),
                stream,
                call.includeUsage(),
                body,
                call.deadline(),
                call.cancel(),
                watch.tab(),
                call.home(),
                call.hops(),
                watch.traceparent()));
    }

    /** The caller's request in every byte, but for the model's name, wherever the node adds nothing to it. */
    private static byte[] answering(Run run, String model) {
        String system = system(run);
        if (system == null && run.said() == null) {
            return Head.withModel(run.call().body(), run.call().modelAt(), model);
        }
        return body(run).forAnswering(model, system, replacement(run));
    }

    private static byte[] inner(Run run, String model) {
        return body(run).forInner(model, system(run), replacement(run));
    }

    private static ChatBody body(Run run) {
        return run.prompt().body();
    }

    private static @Nullable String replacement(Run run) {
        return run.said() == null ? null : run.said().prompt(run.prompt().text());
    }

    private Plan plan(Run run) {
        return patience.on(run.pipeline().plan(run.here()));
    }

    private static @Nullable String system(Run run) {
        Node node = run.here();
        if (node.context() == null) {
            return null;
        }
        return node.context().fill(node.context().isPlain() ? name -> null : run.seenFrom(node));
    }
}

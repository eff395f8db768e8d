package io.llmnet.camel.hook;

import io.llmnet.camel.Overheard;
import io.llmnet.camel.Run;
import io.llmnet.camel.Said;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.function.FunctionCall;
import io.llmnet.function.FunctionException;
import io.llmnet.function.Functions;
import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Hook;
import io.llmnet.pipeline.Variables;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the hooks of the node where a run is. Those that observe are begun and left alone; those that transform are waited for. */
final class HookCalls {
    private static final Logger LOGGER = LoggerFactory.getLogger(HookCalls.class);

    private final Functions functions;
    private final Observers observers;

    HookCalls(Functions functions) {
        this.functions = functions;
        this.observers = new Observers(functions);
    }

    /** The run as it is after these hooks, in their order; fails with a ChatException when one of them says so. */
    CompletionStage<Run> call(Run run, Moment moment, List<Hook> hooks) {
        CompletionStage<Run> after = CompletableFuture.completedFuture(run);
        for (Hook hook : hooks) {
            after = after.thenCompose(now -> one(now, moment, hook));
        }
        return after;
    }

    private CompletionStage<Run> one(Run run, Moment moment, Hook hook) {
        if (hook.mode() == Hook.Mode.TRANSFORM) {
            return transform(run, moment, hook);
        }
        observe(run, moment, hook);
        return CompletableFuture.completedFuture(run);
    }

    private void observe(Run run, Moment moment, Hook hook) {
        if (run.answer() == null) {
            observers.tell(run, moment, hook, moment.output(run));
        } else if (run.answer().body() instanceof Overheard answer) {
            answer.words().thenAccept(words -> observers.tell(run, moment, hook, words.get()));
        }
    }

    private CompletionStage<Run> transform(Run run, Moment moment, Hook hook) {
        // An error of the model's server goes to the caller as it is; an answer without words, such as one that calls
        // tools,
        // has nothing to be replaced.
        if (run.answer() != null || (moment == Moment.POST && moment.output(run).isEmpty())) {
            return CompletableFuture.completedFuture(run);
        }
        Variables sight = moment.sight(run, moment.output(run));
        if (hook.condition() != null && !hook.condition().holds(sight)) {
            return CompletableFuture.completedFuture(run);
        }
        FunctionCall call = new FunctionCall(
                function(run, hook),
                sight,
                true,
                run.call().deadline(),
                run.call().cancel());
        return functions
                .call(call)
                .handle((output, failure) -> failure == null
                        ? output.map(text -> brought(run, moment, hook, text)).orElse(run)
                        : failed(run, hook, failure));
    }

    static Function function(Run run, Hook hook) {
        return Objects.requireNonNull(run.graph().functions().get(hook.function()), "a function that was not checked");
    }

    private static Run failed(Run run, Hook hook, Throwable failure) {
        String why = reason(failure);
        if (hook.abortsOnFailure()) {
            throw new ChatException(
                    Fault.HOOK_FAILED,
                    "hook " + hook.function() + " of node " + run.here().name() + " failed: " + why);
        }
        LOGGER.warn(
                "pipeline={} node={} hook={} request={} failed, and the text stays: {}",
                run.graph().name(),
                run.here().name(),
                hook.function(),
                run.call().id(),
                why);
        return run;
    }

    private static Run brought(Run run, Moment moment, Hook hook, String text) {
        if (hook.set() != null) {
            return run.with(hook.set(), text);
        }
        String given = moment == Moment.POST ? moment.input(run) : null;
        return run.saying(new Said(text, null, false, given));
    }

    /** In words that hold nothing of what was sent. */
    static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof FunctionException known
                ? String.valueOf(known.getMessage())
                : failure.getClass().getSimpleName();
    }
}

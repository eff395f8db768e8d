package io.llmnet.camel.hook;

import io.llmnet.camel.Run;
import io.llmnet.pipeline.Hook;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Calls hooks and goes on when they are done, on the caller's thread. */
final class HookProducer extends DefaultAsyncProducer {
    private final HookCalls calls;
    private final Moment moment;
    private final int index;

    HookProducer(HookEndpoint endpoint, HookCalls calls, Moment moment, int index) {
        super(endpoint);
        this.calls = calls;
        this.moment = moment;
        this.index = index;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Run run = exchange.getMessage().getBody(Run.class);
        CompletableFuture<Run> now = after(run);
        CompletionStage<Run> after = now;
        if (now.isDone()) {
            after.whenComplete((ended, failure) -> settle(exchange, ended, failure));
            callback.done(true);
            return true;
        }
        after.whenCompleteAsync(
                (ended, failure) -> {
                    settle(exchange, ended, failure);
                    callback.done(false);
                },
                run.call().home());
        return false;
    }

    private CompletableFuture<Run> after(Run run) {
        List<Hook> hooks = moment.hooks(run.here().hooks());
        try {
            return calls.call(run, moment, index < 0 ? hooks : List.of(hooks.get(index)))
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void settle(Exchange exchange, @Nullable Run run, @Nullable Throwable failure) {
        if (failure == null) {
            exchange.getMessage().setBody(run);
        } else {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            exchange.setException(wrapped ? failure.getCause() : failure);
        }
    }
}

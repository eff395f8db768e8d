package io.llmnet.camel.llm;

import io.llmnet.camel.Run;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Asks a node's model and goes on when it has answered, on the caller's thread. */
final class NodeProducer extends DefaultAsyncProducer {
    private final NodeAsk node;
    private final boolean last;

    NodeProducer(LlmEndpoint endpoint, NodeAsk node, boolean last) {
        super(endpoint);
        this.node = node;
        this.last = last;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        asked(exchange.getMessage().getBody(Run.class)).whenComplete((run, failure) -> {
            settle(exchange, run, failure);
            callback.done(false);
        });
        return false;
    }

    private CompletionStage<Run> asked(Run run) {
        try {
            boolean answers = last && !run.isBranch();
            boolean held = answers && run.here().hooks().holdAnswer();
            return held ? node.hold(run) : answers ? node.answer(run) : node.say(run);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    static void settle(Exchange exchange, @Nullable Object body, @Nullable Throwable failure) {
        if (failure == null) {
            exchange.getMessage().setBody(body);
        } else {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            exchange.setException(wrapped ? failure.getCause() : failure);
        }
    }
}

package io.llmnet.camel;

import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where runs enter a set of routes, on the caller's thread, with nothing looked up. It knows how many are inside, so that
 * the routes can be taken away when nobody needs them any more, and not before.
 */
final class Entrance {
    private static final Logger LOGGER = LoggerFactory.getLogger(Entrance.class);
    private static final int SHUT = Integer.MIN_VALUE;

    private final Endpoint endpoint;
    private final AsyncProducer producer;
    private final AtomicInteger inside = new AtomicInteger();

    Entrance(CamelContext camel, String uri) throws Exception {
        this.endpoint = camel.getEndpoint(uri);
        this.producer = endpoint.createAsyncProducer();
        producer.start();
    }

    /** Lets one run in, which must then {@link #ask}; false once it is shut. */
    boolean admit() {
        int now = inside.get();
        while (now != SHUT) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inside.get();
        }
        return false;
    }

    /** Shuts it, if nobody is inside; true also when it was shut before. */
    boolean shut() {
        return inside.compareAndSet(0, SHUT) || inside.get() == SHUT;
    }

    /** Takes an admitted run through the routes; fails with a ChatException. */
    CompletionStage<Answer> ask(Run run) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        exchange.getMessage().setBody(run);
        producer.process(exchange, doneSync -> {
            inside.decrementAndGet();
            settle(run, exchange, answer);
        });
        return answer;
    }

    private static void settle(Run begun, Exchange exchange, CompletableFuture<Answer> answer) {
        Exception failure = exchange.getException();
        if (failure instanceof Refusal refusal) {
            answer.complete(refusal.answer());
        } else if (failure instanceof ChatException chat) {
            answer.completeExceptionally(chat);
        } else if (failure == null && exchange.getMessage().getBody() instanceof Run run && run.answer() != null) {
            answer.complete(run.answer());
        } else {
            String name = begun.graph().name();
            LOGGER.error("pipeline={} ended without an answer", name, failure);
            answer.completeExceptionally(
                    new ChatException(Fault.INTERNAL, "pipeline " + name + " ended without an answer", failure));
        }
    }
}

package io.llmnet.gateway;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.chat.Call;
import io.llmnet.protocol.openai.Head;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Asks the gateway itself where a pipeline names one of its models in place of a server, and everybody else as before.
 *
 * <p>Why as a wire: a node, a router's choice and an embedding all come to one, and need not know.
 */
public final class InnerWire implements Wire {
    /** The scheme of the address that stands for the gateway. */
    public static final String SCHEME = "llmnet";

    private final Wire outer;
    private final Supplier<Gateway> gateway;

    public InnerWire(Wire outer, Supplier<Gateway> gateway) {
        this.outer = outer;
        this.gateway = gateway;
    }

    @Override
    public CompletionStage<Answer> ask(Backend backend, Ask ask) {
        return SCHEME.equals(backend.url().getScheme()) ? gateway.get().ask(call(ask)) : outer.ask(backend, ask);
    }

    private static Call call(Ask ask) {
        Head head = Head.read(ask.body(), ask.dialect());
        return new Call(
                ask.id(),
                ask.dialect(),
                head.model(),
                head.modelAt(),
                ask.stream(),
                ask.includeUsage(),
                ask.body(),
                name -> switch (name) {
                    case "traceparent" -> ask.traceparent();
                    case "x-llmnet-hops" -> Integer.toString(ask.hops());
                    default -> null;
                },
                ask.deadline(),
                ask.cancel(),
                ask.tab().part(),
                ask.home(),
                head.demand());
    }
}

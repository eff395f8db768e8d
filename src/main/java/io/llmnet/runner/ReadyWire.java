package io.llmnet.runner;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.backend.Wire;
import io.llmnet.chat.Answer;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A wire on which models that are still starting are not asked.
 *
 * <p>Who asks one is told at once, and not held until it is ready: a plan goes on to its next candidate, and clients come
 * again by themselves.
 */
public final class ReadyWire implements Wire {
    private final Wire wire;
    private final Runners runners;

    public ReadyWire(Wire wire, Runners runners) {
        this.wire = wire;
        this.runners = runners;
    }

    @Override
    public CompletionStage<Answer> ask(Backend backend, Ask ask) {
        return switch (runners.state(backend.name(), backend.url())) {
            case READY -> wire.ask(backend, ask);
            case STARTING ->
                CompletableFuture.failedFuture(new ChatException(
                        Fault.MODEL_STARTING, "model " + backend.name() + " is starting; ask again in a moment"));
            case GIVEN_UP ->
                CompletableFuture.failedFuture(new ChatException(
                        Fault.NO_BACKEND,
                        "model " + backend.name() + " could not be started; the server's log says why"));
        };
    }
}

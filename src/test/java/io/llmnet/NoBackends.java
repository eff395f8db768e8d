package io.llmnet;

import io.llmnet.backend.Wire;
import io.llmnet.camel.ensemble.Assembly;
import io.llmnet.dispatch.Dispatch;
import io.llmnet.dispatch.Terms;
import io.llmnet.ensemble.Standings;
import io.llmnet.gateway.Allowance;
import io.llmnet.gateway.Continuing;
import io.llmnet.gateway.Gateway;
import io.llmnet.registry.Registry;
import io.llmnet.routing.Router;
import io.llmnet.routing.Rules;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A gateway that knows nobody, for what needs one and does not ask it. */
public final class NoBackends {
    private NoBackends() {}

    /** A dispatch in which no timer ever fires. */
    public static Dispatch dispatch(Wire wire) {
        return new Dispatch(wire, (nanos, task) -> () -> {}, System::nanoTime, () -> Terms.USUAL);
    }

    /** Councils of which nobody may be asked; with the steps of their route, and the route itself. */
    public static Assembly assembly() {
        return new Assembly(
                (nanos, task) -> () -> {},
                System::nanoTime,
                new Standings(),
                (texts, errand) -> CompletableFuture.failedFuture(new IllegalStateException("nobody embeds")),
                (seat, call) -> CompletableFuture.failedFuture(new IllegalStateException("nobody sits there")));
    }

    public static Gateway gateway(Dispatch dispatch) {
        Router router = new Router(Rules.USUAL, new Random(1));
        return new Gateway(
                new Registry(InstantSource.system(), (said, card) -> card),
                dispatch,
                () -> new Gateway.Settings(router, false),
                () -> Allowance.NONE,
                kind -> Continuing.NONE,
                System::nanoTime);
    }
}

package io.llmnet.function;

import io.llmnet.pipeline.Function;
import io.llmnet.pipeline.Variables;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Calls functions of every kind. Safe from any thread; none is held while a call is on its way. */
public final class Functions implements AutoCloseable {
    private final Vertx vertx;
    private final RestFunctions rest;
    private final ShellFunctions shell;
    private final SocketFunctions sockets;
    private final GrpcFunctions grpc;

    /** Over a Vert.x that others may use too; it is not closed with this. */
    public Functions(Vertx vertx, ShellPolicy policy) {
        this.vertx = vertx;
        this.rest = new RestFunctions(vertx);
        this.shell = new ShellFunctions(policy);
        this.sockets = new SocketFunctions(vertx);
        this.grpc = new GrpcFunctions(vertx);
    }

    /** Makes one call: brings its output, empty when it has none; fails with a {@link FunctionException} only. */
    public CompletionStage<Optional<String>> call(FunctionCall call) {
        Pending pending = Pending.of(call, vertx);
        if (!pending.isOver()) {
            call.function().match(new Kinds(call, pending));
        }
        return pending.result();
    }

    private final class Kinds implements Function.Cases<Pending> {
        private final FunctionCall call;
        private final Pending pending;

        Kinds(FunctionCall call, Pending pending) {
            this.call = call;
            this.pending = pending;
        }

        private Variables variables() {
            return call.variables();
        }

        @Override
        public Pending rest(Function.Rest function) {
            rest.call(function, variables(), pending);
            return pending;
        }

        @Override
        public Pending shell(Function.Shell function) {
            shell.call(function, variables(), pending);
            return pending;
        }

        @Override
        public Pending socket(Function.Socket function) {
            sockets.call(function, variables(), call.isHeard(), pending);
            return pending;
        }

        @Override
        public Pending grpc(Function.Grpc function) {
            grpc.call(function, variables(), pending);
            return pending;
        }
    }

    @Override
    public void close() {
        rest.close();
        shell.close();
        sockets.close();
        grpc.close();
    }
}

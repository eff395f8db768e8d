package io.llmnet.function;

import io.vertx.grpc.common.GrpcStatus;

/** A gRPC server has answered with a status that is none of success. */
final class GrpcRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final GrpcStatus status;

    GrpcRefusal(GrpcStatus status) {
        super(status.name(), null, false, false);
        this.status = status;
    }

    GrpcStatus status() {
        return status;
    }
}

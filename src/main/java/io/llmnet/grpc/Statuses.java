package io.llmnet.grpc;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.vertx.grpc.common.GrpcStatus;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What gRPC calls the ways in which a request can fail. */
final class Statuses {
    private static final Logger LOGGER = LoggerFactory.getLogger(Statuses.class);

    private Statuses() {}

    static GrpcStatus of(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST, MALFORMED_JSON, UNPROCESSABLE, CONTEXT_LENGTH, BODY_TOO_LARGE, UNSUPPORTED_MEDIA ->
                GrpcStatus.INVALID_ARGUMENT;
            case UNAUTHORIZED -> GrpcStatus.UNAUTHENTICATED;
            case FORBIDDEN -> GrpcStatus.PERMISSION_DENIED;
            case NO_AGREEMENT, ANSWERS_REJECTED -> GrpcStatus.FAILED_PRECONDITION;
            case RATE_LIMITED -> GrpcStatus.RESOURCE_EXHAUSTED;
            case CANCELLED -> GrpcStatus.CANCELLED;
            case NO_BACKEND, MODEL_STARTING, BUSY, STOPPING -> GrpcStatus.UNAVAILABLE;
            case TIMED_OUT -> GrpcStatus.DEADLINE_EXCEEDED;
            case NOT_FOUND,
                    MODEL_NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    INTERNAL,
                    NOT_IMPLEMENTED,
                    BACKEND_FAILED,
                    BACKEND_UNREACHABLE,
                    BACKEND_NONSENSE,
                    HOOK_FAILED,
                    STREAM_BROKEN,
                    LOOP_DETECTED -> GrpcStatus.INTERNAL;
        };
    }

    /** What a client may know of a failure. */
    static ChatException known(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ChatException chat) {
            return chat;
        }
        LOGGER.error("a gRPC call failed in a way that nobody foresaw", cause);
        return new ChatException(Fault.INTERNAL, "the server failed; its log tells more", cause);
    }
}

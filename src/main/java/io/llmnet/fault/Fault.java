package io.llmnet.fault;

/**
 * Every way in which a request can fail. The codes are API: clients switch on them; add, never rename.
 *
 * <p>{@code type} is OpenAI's word for the family, {@code code} the exact reason. The status is what HTTP callers see.
 */
public enum Fault {
    BAD_REQUEST(400, "invalid_request_error", "bad_request", Blame.CALLER),
    MALFORMED_JSON(400, "invalid_request_error", "malformed_json", Blame.CALLER),
    CONTEXT_LENGTH(400, "invalid_request_error", "context_length_exceeded", Blame.CALLER),
    UNAUTHORIZED(401, "authentication_error", "unauthorized", Blame.CALLER),
    FORBIDDEN(403, "permission_error", "forbidden", Blame.CALLER),
    NOT_FOUND(404, "invalid_request_error", "not_found", Blame.CALLER),
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found", Blame.CALLER),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed", Blame.CALLER),
    CONFLICT(409, "invalid_request_error", "conflict", Blame.CALLER),
    BODY_TOO_LARGE(413, "invalid_request_error", "body_too_large", Blame.CALLER),
    UNSUPPORTED_MEDIA(415, "invalid_request_error", "unsupported_media_type", Blame.CALLER),
    UNPROCESSABLE(422, "invalid_request_error", "unprocessable", Blame.CALLER),
    NO_AGREEMENT(422, "invalid_request_error", "no_agreement", Blame.BACKEND),
    ANSWERS_REJECTED(422, "invalid_request_error", "answers_rejected", Blame.BACKEND),
    RATE_LIMITED(429, "rate_limit_error", "rate_limit_exceeded", Blame.CALLER),
    CANCELLED(499, "invalid_request_error", "cancelled", Blame.CALLER),
    INTERNAL(500, "server_error", "internal_error", Blame.US),
    NOT_IMPLEMENTED(501, "invalid_request_error", "not_implemented", Blame.CALLER),
    BACKEND_FAILED(502, "server_error", "backend_failed", Blame.BACKEND),
    BACKEND_UNREACHABLE(502, "server_error", "backend_unreachable", Blame.BACKEND),
    BACKEND_NONSENSE(502, "server_error", "backend_bad_answer", Blame.BACKEND),
    HOOK_FAILED(502, "server_error", "hook_failed", Blame.BACKEND),
    STREAM_BROKEN(502, "server_error", "stream_broken", Blame.BACKEND),
    NO_BACKEND(503, "server_error", "no_backend", Blame.US),
    MODEL_STARTING(503, "server_error", "model_starting", Blame.US),
    BUSY(503, "server_error", "server_busy", Blame.US),
    STOPPING(503, "server_error", "server_stopping", Blame.US),
    TIMED_OUT(504, "server_error", "timeout", Blame.BACKEND),
    LOOP_DETECTED(508, "server_error", "hop_limit_exceeded", Blame.US);

    /** Who has to act: the caller, whoever runs the backend, or whoever runs this server. */
    public enum Blame {
        CALLER,
        BACKEND,
        US
    }

    private final int status;
    private final String type;
    private final String code;
    private final Blame blame;

    Fault(int status, String type, String code, Blame blame) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.blame = blame;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** OpenAI's name of the family of errors. */
    public String type() {
        return type;
    }

    /** The exact reason, stable for ever. */
    public String code() {
        return code;
    }

    public Blame blame() {
        return blame;
    }
}

package io.llmnet.function;

/** A function has failed. The message says how, for logs and callers: it holds no prompt, no answer and no secret. */
public final class FunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FunctionException(String message) {
        super(message, null, false, false);
    }
}

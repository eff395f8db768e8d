package io.llmnet.pipeline.file;

/** A source of secrets cannot be read; its message says why to people, and holds no secret. */
public final class SecretUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public SecretUnavailable(String message) {
        super(message);
    }

    public SecretUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

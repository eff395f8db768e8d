package io.llmnet.cli;

/** Ends a command with exit code 1. Its message is for the user: what happened, to what, what to do; a line for each failure. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}

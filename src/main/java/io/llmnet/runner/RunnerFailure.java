package io.llmnet.runner;

/** A program cannot be started, and trying again will not help. Its message is for people: what is missing, what to do. */
final class RunnerFailure extends Exception {
    private static final long serialVersionUID = 1;

    RunnerFailure(String message) {
        super(message);
    }

    RunnerFailure(String message, Throwable cause) {
        super(message, cause);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}

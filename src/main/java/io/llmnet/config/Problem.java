package io.llmnet.config;

/**
 * A mistake in a file, said so that its author can mend it.
 *
 * @param severity whether the file can be used all the same
 * @param place where it is
 * @param path the key as the user wrote it, from the top: {@code architecture[2].output-to[0]}; empty for the file itself
 * @param message what is wrong, and what to do
 */
public record Problem(Severity severity, Place place, String path, String message) {
    /** An error refuses the file; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
    }
}

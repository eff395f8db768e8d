package io.llmnet.config;

/**
 * A mistake in a file, said so that its author can mend it.
 *
 * @param severity whether the file can be used all the same
 * @param place where it is
 * @param path the key as the user wrote it, from the top: {@code architecture[2].output-to[0]}; empty for the file itself
 * @param message what is wrong, and what to do
 * @param excerpt lines that show the place in an expression; empty when the place says enough
 */
public record Problem(Severity severity, Place place, String path, String message, String excerpt) {
    /** An error refuses the file; a warning does not. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** One whose place says enough. */
    public Problem(Severity severity, Place place, String path, String message) {
        this(severity, place, path, message, "");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        String line = path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
        return excerpt.isEmpty() ? line : line + "\n" + excerpt;
    }
}

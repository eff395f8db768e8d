package io.llmnet.config;

import java.io.Serial;

/** Ends the reading of a text that is no document. Never leaves this package. */
final class Malformed extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    Malformed(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    Place place() {
        return place;
    }

    String words() {
        String message = getMessage();
        return message == null ? "cannot be read" : message;
    }
}

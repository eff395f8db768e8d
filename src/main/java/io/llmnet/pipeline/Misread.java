package io.llmnet.pipeline;

import java.io.Serial;

/** Ends the reading of a condition that is none. Never leaves this package. */
final class Misread extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int at;
    private final String words;

    Misread(int at, String words) {
        super(words, null, false, false);
        this.at = at;
        this.words = words;
    }

    /** How many characters stand before the mistake. */
    int at() {
        return at;
    }

    String words() {
        return words;
    }
}

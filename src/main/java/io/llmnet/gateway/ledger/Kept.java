package io.llmnet.gateway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Something that is worth keeping over a restart. */
public interface Kept {
    /** Another number whenever it has changed. */
    long version();

    /** All of it. */
    ObjectNode state();

    /**
     * Takes up what {@link #state} gave, before anything else is told to it.
     *
     * @throws IllegalArgumentException when that is not what it gave; the message says what is wrong with it
     */
    void restore(ObjectNode state);
}

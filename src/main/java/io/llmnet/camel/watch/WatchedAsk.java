package io.llmnet.camel.watch;

import org.jspecify.annotations.Nullable;

/** One question of a node to its model that somebody watches. Told by one thread at a time, and its end exactly once. */
public interface WatchedAsk {
    /** A question that nobody watches. */
    WatchedAsk BY_NOBODY = end -> {};

    /** What the model server is told to go on with, in W3C's words; null for nothing. */
    default @Nullable String traceparent() {
        return null;
    }

    /** Whether it wants to be told what is said. */
    default boolean listens() {
        return false;
    }

    /** What the model is asked, as it is sent but for the server's own language; not to be changed. Only if it listens. */
    default void sent(byte[] request) {}

    /** The next bytes of the answer, or all of them; not to be changed. Only if it listens. */
    default void heard(byte[] piece) {}

    /** It is over: a stream when its last byte was passed on. */
    void ended(Ended end);
}

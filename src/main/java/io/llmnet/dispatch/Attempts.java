package io.llmnet.dispatch;

import io.llmnet.routing.Candidate;
import org.jspecify.annotations.Nullable;

/** Is told what dispatch tries for one request, on the caller's thread; must neither wait nor throw. */
public interface Attempts {
    /** Who does not want to know. */
    Attempts UNTOLD = new Attempts() {};

    /** How an attempt ended. */
    enum End {
        /** It brought an answer that the caller gets; a stream may still break. */
        ANSWERED,
        /** The backend failed, in whatever way. */
        FAILED,
        /** The backend was too busy. */
        REFUSED,
        /** The backend found the request wrong. */
        WRONG,
        /** Another was faster, or the caller left. */
        DROPPED
    }

    /** The request waits for a backend that has room. */
    default void queued() {}

    /** A backend is asked. */
    default void sent(Candidate candidate, boolean hedge) {}

    /**
     * An attempt is over, or its stream has begun.
     *
     * @param nanos from sending to the first piece, or to the end where there is none
     * @param why what went wrong, for people; null where nothing did
     */
    default void ended(Candidate candidate, End end, long nanos, @Nullable String why) {}

    /** A stream that had begun has broken. */
    default void broke(Candidate candidate, String why) {}
}

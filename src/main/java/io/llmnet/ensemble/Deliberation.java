package io.llmnet.ensemble;

/**
 * One sitting of a council: hears what comes, and says what to do next. Knows no clock: who calls says what has happened.
 * For one thread; after a step that ends it, it is not called again, but for a judge's ruling.
 */
public interface Deliberation {
    /** Begins: whom to ask first. */
    Move begin();

    /** A member has given an answer that will do. */
    Move heard(Proposal proposal);

    /** A member has failed, or its answer will not do. */
    Move failed(int seat, String trouble, long nanos);

    /** The time is over that the last move wished to be woken after. */
    Move woken();

    /** The time that the members have is over: what has come must do. */
    Move late();

    /** The judge has ruled on those whom it was consulted on. */
    Move ruled(Ruling ruling);

    /** The judge has merged those that it was given. */
    Move merged();

    /** The judge was of no help. */
    Move judgeFailed(String trouble);

    /** A sitting of a council whose members have done so well so far. */
    static Deliberation of(Council council, Standings standings) {
        return new Sitting(council, standings);
    }
}

package io.llmnet;

/**
 * How a {@link Faulty} server behaves, whatever it is asked. {@code REFUSE}, {@code HANG} and {@code GARBAGE} are of the whole
 * server; the others only of chats and embeddings, so that its list of models looks healthy meanwhile.
 *
 * @param number milliseconds, bytes, events or a status, as the kind wants it
 */
public record FaultMode(Kind kind, int number) {
    public static final FaultMode OK = new FaultMode(Kind.OK, 0);
    /** Nobody listens, and who was connected no longer is. */
    public static final FaultMode REFUSE = new FaultMode(Kind.REFUSE, 0);
    /** Accepts, reads, and never answers. */
    public static final FaultMode HANG = new FaultMode(Kind.HANG, 0);
    /** Answers bytes that are no HTTP. */
    public static final FaultMode GARBAGE = new FaultMode(Kind.GARBAGE, 0);
    /** Answers 200 with the right type and a body that is neither JSON nor events. */
    public static final FaultMode NO_JSON = new FaultMode(Kind.NO_JSON, 0);
    /** Answers 200 with a web page. */
    public static final FaultMode WRONG_TYPE = new FaultMode(Kind.WRONG_TYPE, 0);
    /** Answers well, in words of more than ASCII, each character sent in pieces. */
    public static final FaultMode SPLIT_UTF8 = new FaultMode(Kind.SPLIT_UTF8, 0);
    /** Answers 200 and nothing more. */
    public static final FaultMode EMPTY_STREAM = new FaultMode(Kind.EMPTY_STREAM, 0);

    /** What a number means is said at the method of each. */
    public enum Kind {
        OK,
        REFUSE,
        HANG,
        SLOW,
        DRIP,
        CUT,
        GARBAGE,
        NO_JSON,
        WRONG_TYPE,
        STATUS,
        SPLIT_UTF8,
        EMPTY_STREAM,
        ERROR_EVENT;

        boolean isOfWholeServer() {
            return this == REFUSE || this == HANG || this == GARBAGE;
        }
    }

    /** The first byte comes after so long. */
    public static FaultMode slow(int millis) {
        return new FaultMode(Kind.SLOW, millis);
    }

    /** A byte of the body each so long. */
    public static FaultMode drip(int millis) {
        return new FaultMode(Kind.DRIP, millis);
    }

    /** Closes the connection after so many bytes of the body; -1 is before the head of the answer. */
    public static FaultMode cutAfter(int bytes) {
        return new FaultMode(Kind.CUT, bytes);
    }

    /** Refuses with this status; 429 and 503 come with {@code Retry-After: 1}. */
    public static FaultMode status(int status) {
        return new FaultMode(Kind.STATUS, status);
    }

    /** Sends so many events and then one that tells an error; where no stream is wanted, the error at once. */
    public static FaultMode errorAfter(int events) {
        return new FaultMode(Kind.ERROR_EVENT, events);
    }
}

package io.llmnet.cache;

import io.llmnet.chat.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What has come of an answer, held for all who read it, whole as long as it is not too large; then as fast as the fastest
 * reads, not too far ahead of the slowest, and no longer than that one needs it. Guarded by its flight.
 */
final class Spool {
    /** How far an answer is read ahead of all. */
    static final int AHEAD = 4 << 20;

    /** How far who is slow may fall behind. */
    static final int BEHIND = 4 * AHEAD;

    /** The same where all answers together take what they may. */
    private static final int SHORT = 64 << 10;

    private final AnswerCache cache;
    private final Audience audience;
    private final Buffered bytes = new Buffered();
    private long held;
    private boolean isLarge;
    private boolean isPaused;

    Spool(AnswerCache cache, Audience audience) {
        this.cache = cache;
        this.audience = audience;
    }

    /** Adds what has come. */
    void add(byte[] chunk) {
        bytes.append(chunk);
        held += chunk.length;
        isLarge |= !cache.hold(chunk.length) || bytes.end() > AHEAD;
    }

    /** Whether it is, or was, too large to be held whole. */
    boolean isLarge() {
        return isLarge;
    }

    /** How much has come. */
    long end() {
        return bytes.end();
    }

    byte[] all() {
        return bytes.all();
    }

    byte[] from(long place, int most) {
        return bytes.from(place, most);
    }

    /** Whether its source must pause, all having read what they have; true once. */
    boolean pauses(@Nullable Answer head) {
        boolean pauses = isFarAhead(head) && !isPaused;
        isPaused |= pauses;
        return pauses;
    }

    /** Whether its source may go on; true once. */
    boolean resumes(@Nullable Answer head) {
        boolean resumes = !isFarAhead(head) && isPaused;
        isPaused &= !resumes;
        return resumes;
    }

    boolean isPaused() {
        return isPaused;
    }

    /**
     * Forgets what all have read, too. As long as all is held, nobody need be asked how far it is: there may be a thousand.
     */
    private boolean isFarAhead(@Nullable Answer head) {
        if (!isLarge) {
            return false;
        }
        long end = bytes.end();
        long slowest = audience.slowest(head, end);
        forget(slowest);
        return end - audience.fastest(head, end) > AHEAD || end - slowest > (cache.isFull() ? SHORT : BEHIND);
    }

    private void forget(long readByAll) {
        int dropped = bytes.dropBefore(readByAll);
        held -= dropped;
        cache.hold(-dropped);
    }

    /** Nobody reads it any more. */
    void release() {
        cache.hold(-held);
        held = 0;
    }
}

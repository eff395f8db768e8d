package io.llmnet.protocol.sse;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of server-sent events where they end: after an empty line, lines being ended by LF, CR or CRLF. Feed a
 * chunk, take what {@link #next} gives until it is null, feed the next. All bytes of the stream are in some event's raw
 * bytes, comments and the second half of a CRLF that came late included. One stream, one splitter, one thread.
 */
public final class EventSplitter {
    /** How long one event may be; the longest seen in the wild carry an image. */
    public static final int MAX_EVENT = 16 << 20;

    private static final byte[] NOTHING = {};

    private final int maxEvent;
    private byte[] buffer = NOTHING;
    private boolean isOurs;
    private int start;
    private int at;
    private int end;
    private boolean lineIsEmpty = true;
    private boolean afterReturn;

    public EventSplitter() {
        this(MAX_EVENT);
    }

    EventSplitter(int maxEvent) {
        this.maxEvent = maxEvent;
    }

    /** Takes the next bytes of the stream; events given before are no longer valid, nor may the chunk be changed. */
    public void feed(byte[] chunk) {
        if (isBetween()) {
            buffer = chunk;
            isOurs = false;
            start = 0;
            at = 0;
            end = chunk.length;
        } else {
            makeRoom(end - start, chunk.length);
            System.arraycopy(chunk, 0, buffer, end, chunk.length);
            end += chunk.length;
        }
    }

    /**
     * The next whole event, null when the stream must bring more first.
     *
     * @throws ChatException BACKEND_NONSENSE when an event grows too long
     */
    public @Nullable Event next() {
        while (at < end) {
            byte here = buffer[at++];
            if (here != '\n' && here != '\r') {
                lineIsEmpty = false;
                afterReturn = false;
            } else if (here == '\n' && afterReturn) {
                afterReturn = false;
            } else {
                afterReturn = here == '\r';
                if (lineIsEmpty) {
                    return cut();
                }
                lineIsEmpty = true;
            }
        }
        if (end - start > maxEvent) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE, "the backend's stream has an event of more than " + maxEvent + " bytes");
        }
        return null;
    }

    /** Whether the stream stands between two events. */
    public boolean isBetween() {
        return start == end;
    }

    /** How many bytes of an event that is not whole have come. */
    public int open() {
        return end - start;
    }

    /** What has come since the last whole event. */
    public Event rest() {
        return new Event(buffer, start, end);
    }

    private Event cut() {
        if (afterReturn && at < end && buffer[at] == '\n') {
            at++;
            afterReturn = false;
        }
        Event event = new Event(buffer, start, at);
        start = at;
        return event;
    }

    private void makeRoom(int rest, int more) {
        if (isOurs && end + more <= buffer.length) {
            return;
        }
        byte[] old = buffer;
        buffer = new byte[Math.max(256, 2 * (rest + more))];
        System.arraycopy(old, start, buffer, 0, rest);
        isOurs = true;
        at -= start;
        start = 0;
        end = rest;
    }
}

package io.llmnet.protocol.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.json.Json;
import io.llmnet.protocol.sse.Event;
import io.llmnet.protocol.sse.EventSplitter;
import io.llmnet.protocol.sse.FirstContent;
import io.llmnet.protocol.sse.Needle;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream of events through untouched, each event when all of it is here, and notes what it used, and whether it
 * came to its end, or to an error, which it keeps back. May be asked for the usage from another thread than the stream's.
 *
 * <p>Why not half an event: when the stream breaks off, what is told of that would be taken for the event's other half.
 */
public final class UsageTap implements Transform {
    private static final Needle USAGE = new Needle("\"usage\"");
    private static final Needle FINISH = new Needle("\"finish_reason\"");
    private static final byte[] NOTHING = {};

    private final EventSplitter events = new EventSplitter();
    private final ByteArrayOutputStream half = new ByteArrayOutputStream(0);
    private volatile Usage usage = Usage.NONE;
    private volatile boolean isComplete;
    private boolean isDone;
    private byte @Nullable [] failure;

    /** What the stream said it used; of several usages the last, as they count from the start. */
    public Usage usage() {
        return usage;
    }

    /** Whether {@code [DONE]} or a finish reason has come. */
    public boolean isComplete() {
        return isComplete;
    }

    /** Whether {@code [DONE]} has come. */
    public boolean isDone() {
        return isDone;
    }

    /** The error that the stream told of, at which it ends; null as long as there is none. */
    public byte @Nullable [] failure() {
        return failure;
    }

    @Override
    public byte[] bytes(byte[] chunk) {
        events.feed(chunk);
        for (Event event = events.next(); event != null; event = events.next()) {
            note(event);
            if (failure != null) {
                return wholeOf(chunk, Math.max(0, chunk.length - events.open() - (event.end() - event.start())));
            }
        }
        int open = events.open();
        return open == 0 && half.size() == 0 ? chunk : wholeOf(chunk, Math.max(0, chunk.length - open));
    }

    /** What was held back and the chunk's bytes up to {@code end}, where an event ends; what follows is held back. */
    private byte[] wholeOf(byte[] chunk, int end) {
        byte[] passed = NOTHING;
        if (end > 0) {
            half.write(chunk, 0, end);
            passed = half.toByteArray();
            half.reset();
        }
        half.write(chunk, end, chunk.length - end);
        return passed;
    }

    @Override
    public byte[] end() {
        if (!events.isBetween()) {
            note(events.rest());
        }
        return failure == null ? half.toByteArray() : NOTHING;
    }

    private void note(Event event) {
        isDone = isDone || event.isDone();
        if (!isComplete) {
            isComplete = isDone || FINISH.isKeyOf('"', event.bytes(), event.start(), event.end());
        }
        failure = failure == null ? FirstContent.error(event) : failure;
        if (USAGE.isKeyOf('{', event.bytes(), event.start(), event.end())) {
            byte[] data = event.data();
            noteUsage(data == null ? NOTHING : data);
        }
    }

    private void noteUsage(byte[] data) {
        try {
            JsonNode told = Json.tree(data, Fault.BACKEND_NONSENSE, "an event").path("usage");
            usage = told.isObject() ? Usages.of(told) : usage;
        } catch (ChatException e) {
            return; // a tap only listens; who reads the stream will complain
        }
    }
}

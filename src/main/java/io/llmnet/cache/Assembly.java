package io.llmnet.cache;

import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.sse.ChunkCollector;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stream of a chat on its way to be the answer that it would have been whole. */
final class Assembly {
    private @Nullable ChunkCollector collector = new ChunkCollector();
    private volatile byte @Nullable [] whole;
    private volatile @Nullable ChatException broken;

    /** Takes the next bytes, which nobody may change. */
    void add(byte[] chunk) {
        ChunkCollector open = collector;
        if (open != null) {
            try {
                open.feed(chunk);
            } catch (ChatException e) {
                broken = e;
                collector = null;
            }
        }
    }

    /** The stream has ended. */
    void end() {
        ChunkCollector open = collector;
        if (open != null) {
            collector = null;
            try {
                whole = open.completion();
            } catch (ChatException e) {
                broken = e;
            }
        }
    }

    /** The answer, once the stream has ended; null where it was none. Not to be changed. */
    byte @Nullable [] whole() {
        return whole;
    }

    /** Why it was none. */
    ChatException broken() {
        return Objects.requireNonNullElseGet(
                broken, () -> new ChatException(Fault.STREAM_BROKEN, "the backend's stream broke off before its end"));
    }
}

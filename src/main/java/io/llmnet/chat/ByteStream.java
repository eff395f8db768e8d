package io.llmnet.chat;

import io.llmnet.fault.ChatException;
import java.util.concurrent.CompletionStage;

/**
 * Bytes on their way from a backend to a caller. Cold: nothing flows before {@link #read}; whoever reads sets the pace.
 *
 * <p>Thread rule: the reader is called from one thread at a time, in order; {@code pause} and {@code resume} may be called
 * from within it. {@code cancel} may be called from any thread, at any time, more than once; after it the reader may still
 * hear one end.
 */
public interface ByteStream {
    /** Hears the stream: any number of chunks, then exactly one of {@code end} and {@code failed}. */
    interface Reader {
        /** The next bytes; the array belongs to the reader. Chunks break anywhere, even within a character. */
        void bytes(byte[] chunk);

        void end();

        void failed(ChatException why);
    }

    /** Starts the flow; may be called once. */
    void read(Reader reader);

    void pause();

    void resume();

    /** Closes the source, up to its socket. */
    void cancel();

    /** All bytes at once, already here. */
    static ByteStream of(byte[] whole) {
        return new Whole(whole);
    }

    /** Reads all of it; fails as the stream fails. */
    default CompletionStage<byte[]> whole() {
        Collected collected = new Collected();
        read(collected);
        return collected.bytes();
    }

    /** This stream, changed by {@code transform} as it flows. */
    default ByteStream through(Transform transform) {
        return new Through(this, transform);
    }
}

package io.llmnet.camel.watch;

import io.llmnet.chat.ByteStream;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream that tells its end, and if asked to, what flows in it. */
final class WatchedStream implements ByteStream, ByteStream.Reader {
    private final ByteStream source;
    private final @Nullable Consumer<byte[]> listener;
    private final Watching watching;
    private volatile @Nullable Reader reader;

    WatchedStream(ByteStream source, @Nullable Consumer<byte[]> listener, Watching watching) {
        this.source = source;
        this.listener = listener;
        this.watching = watching;
    }

    @Override
    public void read(Reader to) {
        reader = to;
        source.read(this);
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public void resume() {
        source.resume();
    }

    @Override
    public void cancel() {
        source.cancel();
        if (reader == null) {
            // Who never reads hears no end.
            watching.failed(new ChatException(Fault.CANCELLED, "the caller is gone"));
        }
    }

    @Override
    public void bytes(byte[] chunk) {
        if (listener != null) {
            listener.accept(chunk);
        }
        Reader to = reader;
        if (to != null) {
            to.bytes(chunk);
        }
    }

    @Override
    public void end() {
        watching.answered(200);
        Reader to = reader;
        if (to != null) {
            to.end();
        }
    }

    @Override
    public void failed(ChatException why) {
        watching.failed(why);
        Reader to = reader;
        if (to != null) {
            to.failed(why);
        }
    }
}

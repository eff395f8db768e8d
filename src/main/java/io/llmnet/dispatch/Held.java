package io.llmnet.dispatch;

import io.llmnet.chat.ByteStream;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import org.jspecify.annotations.Nullable;

/** A stream that holds a place at its backend until it is over, however that comes about. */
final class Held implements ByteStream, ByteStream.Reader {
    private final ByteStream source;
    private final Attempt attempt;
    private @Nullable Reader reader;

    Held(ByteStream source, Attempt attempt) {
        this.source = source;
        this.attempt = attempt;
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
        attempt.streamOver(null);
    }

    @Override
    public void bytes(byte[] chunk) {
        if (reader != null) {
            reader.bytes(chunk);
        }
    }

    @Override
    public void end() {
        attempt.streamOver(null);
        if (reader != null) {
            reader.end();
        }
    }

    @Override
    public void failed(ChatException why) {
        attempt.streamOver(why.fault() == Fault.CANCELLED ? null : why);
        if (reader != null) {
            reader.failed(why);
        }
    }
}

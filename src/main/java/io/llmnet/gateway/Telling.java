package io.llmnet.gateway;

import io.llmnet.chat.ByteStream;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The stream that the caller reads, whoever fills it: where one backend breaks off, another goes on, if one can. Tells the
 * request when it is over.
 */
final class Telling implements ByteStream, ByteStream.Reader {
    private final Request request;
    private final @Nullable SoFar soFar;
    private ByteStream source;
    private @Nullable Reader reader;
    private boolean paused;
    private boolean over;

    /**
     * A stream that has begun.
     *
     * @param soFar keeps what was said, so that another can go on; null where nobody could
     */
    Telling(Request request, ByteStream source, @Nullable SoFar soFar) {
        this.request = request;
        this.source = source;
        this.soFar = soFar;
    }

    @Override
    public void read(Reader to) {
        reader = to;
        source.read(this);
    }

    @Override
    public void pause() {
        paused = true;
        source.pause();
    }

    @Override
    public void resume() {
        paused = false;
        source.resume();
    }

    @Override
    public void cancel() {
        source.cancel();
        close(new ChatException(Fault.CANCELLED, "the caller is gone"));
    }

    @Override
    public void bytes(byte[] chunk) {
        request.heard(chunk);
        if (soFar != null) {
            soFar.add(chunk);
        }
        if (reader != null) {
            reader.bytes(chunk);
        }
    }

    @Override
    public void end() {
        close(null);
        if (reader != null) {
            reader.end();
        }
    }

    @Override
    public void failed(ChatException why) {
        if (over || soFar == null || !soFar.canGoOn() || why.fault() == Fault.CANCELLED) {
            fail(why);
            return;
        }
        goingOn(soFar).whenComplete((rest, failure) -> {
            if (over) {
                if (rest != null) {
                    rest.cancel();
                }
            } else if (rest == null) {
                fail(why);
            } else {
                goOn(rest);
            }
        });
    }

    private CompletionStage<ByteStream> goingOn(SoFar said) {
        try {
            return request.goOn(said);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void goOn(ByteStream rest) {
        source = rest;
        if (paused) {
            rest.pause();
        }
        rest.read(this);
    }

    private void fail(ChatException why) {
        close(why);
        if (reader != null) {
            reader.failed(why);
        }
    }

    private void close(@Nullable ChatException why) {
        if (!over) {
            over = true;
            request.streamOver(why);
        }
    }
}

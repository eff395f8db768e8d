package io.llmnet.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Usage;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.openai.UsageTap;
import io.llmnet.protocol.sse.FirstContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend's stream. Held back until its first real content is here, so that a backend that fails before that has failed
 * quietly; then read at its reader's pace.
 */
final class Incoming implements ByteStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(UTF_8);
    private static final int MOST_HELD_BYTES = 16 * 1024 * 1024;

    private final Asking asking;
    private final HttpClientResponse response;
    private final @Nullable Translation translation;
    private final Patience patience;
    private final FirstContent first = new FirstContent();
    private final UsageTap tap = new UsageTap();
    private final List<byte[]> held = new ArrayList<>(2);
    private int heldBytes;
    private @Nullable Reader reader;
    private boolean told;
    private boolean parked;
    private boolean paused;
    private boolean ended;
    private @Nullable ChatException broken;

    Incoming(Asking asking, HttpClientResponse response, @Nullable Translation translation, Patience patience) {
        this.asking = asking;
        this.response = response;
        this.translation = translation;
        this.patience = patience;
    }

    void hold() {
        response.exceptionHandler(cause -> brokeOff(new ChatException(
                Fault.STREAM_BROKEN,
                "model server " + asking.backend() + " broke off its stream: " + Reasons.of(cause),
                cause)));
        response.endHandler(nothing -> sourceEnded());
        response.handler(this::chunk);
    }

    private void chunk(Buffer chunk) {
        if (ended) {
            return;
        }
        patience.heard();
        try {
            byte[] bytes = translation == null ? chunk.getBytes() : translation.bytes(chunk.getBytes());
            if (bytes.length > 0) {
                pass(tap.bytes(bytes));
            }
            failed(tap.failure());
        } catch (ChatException e) {
            asking.failed(e);
        } catch (RuntimeException e) {
            asking.failed(asking.nonsense(e));
        }
    }

    /** The stream has told of an error: one that began with it is no stream. */
    private void failed(byte @Nullable [] failure) {
        if (failure == null || ended) {
            return;
        }
        if (told) {
            brokeOff(asking.failure(failure));
        } else {
            ended = true;
            asking.refused(failure);
        }
    }

    /** Who breaks off when all of the answer was said has said all of it; only its last words are missing. */
    private void brokeOff(ChatException why) {
        if (ended || !tap.isComplete()) {
            asking.failed(why);
            return;
        }
        if (!tap.isDone()) {
            pass(DONE.clone());
        }
        if (!ended) {
            // before the drop, which is a break too
            ended = true;
            asking.drop();
            over();
        }
    }

    private void pass(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (reader != null) {
            reader.bytes(bytes);
            return;
        }
        held.add(bytes);
        heldBytes += bytes.length;
        if (heldBytes > MOST_HELD_BYTES) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE, "model server " + asking.backend() + " streams on and says nothing");
        }
        if (!told) {
            look(bytes);
        }
    }

    private void look(byte[] bytes) {
        switch (first.feed(bytes)) {
            case WAITING -> {}
            case CONTENT -> {
                told = true;
                asking.streaming(this);
                if (reader == null && !ended) {
                    parked = true;
                    patience.hold(true);
                    response.pause();
                }
            }
            case ERROR -> asking.refused(first.error());
        }
    }

    private void sourceEnded() {
        if (ended) {
            return;
        }
        try {
            byte[] rest = translation == null ? new byte[0] : translation.end();
            if (rest.length > 0) {
                pass(tap.bytes(rest));
            }
            byte[] half = tap.end();
            if (tap.isComplete()) {
                pass(half);
            }
            failed(tap.failure());
        } catch (ChatException e) {
            asking.failedAtEnd(e);
            return;
        }
        if (ended) {
            return;
        }
        if (!tap.isComplete()) {
            asking.failedAtEnd(new ChatException(
                    Fault.STREAM_BROKEN,
                    "model server " + asking.backend() + " ended its stream before the answer's end"));
            return;
        }
        asking.end();
        over();
    }

    /** All of it is here. */
    private void over() {
        ended = true;
        asking.ask().tab().add(usage());
        if (!told) {
            told = true;
            asking.streaming(this);
        } else if (reader != null) {
            reader.end();
        }
    }

    /** The connection is gone; what was said so far is paid for all the same. */
    void broken(ChatException why) {
        ended = true;
        broken = why;
        asking.ask().tab().add(usage());
        if (reader != null) {
            reader.failed(why);
        }
    }

    /** A translation knows it even where the caller is not told. */
    private Usage usage() {
        return translation == null ? tap.usage() : translation.usage();
    }

    @Override
    public void read(Reader to) {
        boolean over = ended;
        reader = to;
        for (byte[] chunk : held) {
            to.bytes(chunk);
        }
        held.clear();
        if (ended != over) {
            // The reader has left while it was told the first of it, and has heard of its leaving.
            return;
        }
        if (broken != null) {
            to.failed(broken);
        } else if (ended) {
            to.end();
        } else if (parked && !paused) {
            flow();
        }
        parked = false;
    }

    @Override
    public void pause() {
        if (!paused) {
            paused = true;
            patience.hold(true);
            response.pause();
        }
    }

    @Override
    public void resume() {
        if (paused) {
            paused = false;
            flow();
        }
    }

    private void flow() {
        patience.hold(false);
        response.resume();
    }

    @Override
    public void cancel() {
        asking.ask().home().execute(() -> asking.failed(new ChatException(Fault.CANCELLED, "the caller is gone")));
    }
}

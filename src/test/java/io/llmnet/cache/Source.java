package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.chat.ByteStream;
import io.llmnet.fault.ChatException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream that a test fills by hand. */
final class Source implements ByteStream {
    private @Nullable Reader reader;
    private boolean paused;
    private boolean cancelled;

    void says(String text) {
        says(text.getBytes(UTF_8));
    }

    void says(byte[] bytes) {
        reader().bytes(bytes);
    }

    /** One chunk of a chat's stream. */
    void chunk(String content) {
        says(
                "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                        + content + "\"},\"finish_reason\":null}]}\n\n");
    }

    /** The last chunks of a chat's stream, and its end. */
    void done() {
        says("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        says("data: [DONE]\n\n");
        ends();
    }

    void ends() {
        reader().end();
    }

    void fails(ChatException why) {
        reader().failed(why);
    }

    boolean isPaused() {
        return paused;
    }

    boolean isCancelled() {
        return cancelled;
    }

    private Reader reader() {
        return Objects.requireNonNull(reader, "nobody reads");
    }

    @Override
    public void read(Reader to) {
        reader = to;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }
}

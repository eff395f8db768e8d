package io.llmnet.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmnet.chat.Answer;
import io.llmnet.chat.ByteStream;
import io.llmnet.chat.Call;
import io.llmnet.chat.Cancel;
import io.llmnet.chat.Deadline;
import io.llmnet.chat.Tab;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One who asks, and notes all that comes of it. */
final class Asker implements ByteStream.Reader {
    final Call call;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private @Nullable Answer answer;
    private @Nullable Fault fault;
    private boolean ended;

    Asker(Call call) {
        this.call = call;
    }

    /** A chat until a moment of a clock. */
    static Call chat(boolean stream, long untilNanos, Executor home) {
        return call(Call.Dialect.CHAT, stream, false, "{}", Map.of(), untilNanos, home);
    }

    static Call call(
            Call.Dialect dialect,
            boolean stream,
            boolean includeUsage,
            String body,
            Map<String, String> headers,
            long untilNanos,
            Executor home) {
        return new Call(
                "id",
                dialect,
                "model",
                new Call.Span(0, 0),
                stream,
                includeUsage,
                body.getBytes(UTF_8),
                headers::get,
                new Deadline(untilNanos),
                new Cancel(),
                new Tab(),
                home);
    }

    /** Is told the outcome, and reads the answer at once. */
    void told(@Nullable Answer told, @Nullable Throwable failure) {
        if (told == null) {
            fault = failure instanceof ChatException chat ? chat.fault() : Fault.INTERNAL;
        } else {
            answer = told;
            told.body().read(this);
        }
    }

    /** What has been heard so far. */
    String heard() {
        return heard.toString(UTF_8);
    }

    /** How many bytes have been heard so far. */
    int size() {
        return heard.size();
    }

    boolean isAnswered() {
        return answer != null;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    Fault fault() {
        return fault;
    }

    Answer answer() {
        return Objects.requireNonNull(answer, "no answer yet");
    }

    /** The header that says where the answer came from. */
    @Nullable
    String given() {
        return answer().headers().get("x-llmnet-cache");
    }

    @Override
    public void bytes(byte[] chunk) {
        heard.writeBytes(chunk);
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void failed(ChatException why) {
        fault = why.fault();
    }
}

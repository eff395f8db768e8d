package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.chat.Call;
import io.llmnet.chat.Transform;
import io.llmnet.fault.ChatException;
import io.llmnet.fault.Fault;
import io.llmnet.protocol.ollama.OllamaChat;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Tally;
import io.llmnet.protocol.sse.ChunkCollector;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request in a backend's own language, and its answer back in OpenAI's. Where the backend speaks OpenAI's, every byte
 * stays as it is.
 */
final class Speech {
    private final Backend.Speaks language;
    private final Ask ask;
    private final long createdSeconds = System.currentTimeMillis() / 1000;

    Speech(Backend.Speaks language, Ask ask) {
        this.language = ask.dialect() == Call.Dialect.EMBEDDINGS ? Backend.Speaks.OPENAI : language;
        this.ask = ask;
    }

    byte[] request() {
        return switch (language) {
            case OPENAI -> ask.body();
            case OLLAMA -> OllamaChat.request(ask.body());
        };
    }

    /** Whether an answer of this type is to be read as it comes. */
    boolean isStream(String contentType) {
        return ask.stream()
                && switch (language) {
                    case OPENAI -> contentType.startsWith("text/event-stream");
                    case OLLAMA -> contentType.startsWith("application/x-ndjson");
                };
    }

    /** What turns the backend's stream into OpenAI's; null where it is that already. */
    @Nullable
    Transform translation() {
        return switch (language) {
            case OPENAI -> null;
            case OLLAMA -> OllamaChat.stream(id(), createdSeconds, ask.includeUsage());
        };
    }

    /** A good answer that came whole, as a completion in JSON; its usage goes on the tab. */
    byte[] whole(String contentType, byte[] body) {
        byte[] json = switch (language) {
            case OPENAI -> contentType.startsWith("text/event-stream") ? collected(body) : body;
            case OLLAMA -> OllamaChat.answer(body, id(), createdSeconds);
        };
        if (!startsAsObject(json)) {
            throw new ChatException(
                    Fault.BACKEND_NONSENSE,
                    "the model server answered with "
                            + (contentType.isEmpty() ? "no type" : contentType.toLowerCase(Locale.ROOT))
                            + " where JSON was expected");
        }
        ask.tab().add(Tally.of(json));
        return json;
    }

    /** A backend's error in OpenAI's shape: its own words, if they are that already, but for our key. */
    byte[] error(int status, byte[] body, Backend backend) {
        return ErrorBody.wrap(status, Redaction.of(body, backend.apiKey()), backend.name());
    }

    private String id() {
        return "chatcmpl-" + ask.id();
    }

    private static byte[] collected(byte[] events) {
        ChunkCollector collector = new ChunkCollector();
        collector.feed(events);
        return collector.completion();
    }

    private static boolean startsAsObject(byte[] json) {
        for (byte b : json) {
            if (b > ' ') {
                return b == '{';
            }
        }
        return false;
    }
}

package io.llmnet.protocol.http;

import io.llmnet.backend.Ask;
import io.llmnet.backend.Backend;
import io.llmnet.chat.Call;
import io.llmnet.protocol.anthropic.AnthropicChat;
import io.llmnet.protocol.google.GeminiChat;
import io.llmnet.protocol.ollama.OllamaChat;
import io.llmnet.protocol.ollama.OllamaContext;
import io.llmnet.protocol.openai.ErrorBody;
import io.llmnet.protocol.openai.Head;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Translation;
import io.llmnet.protocol.sse.ChunkCollector;
import org.jspecify.annotations.Nullable;

/** The languages that model servers speak, each with its codec: OpenAI's words in, OpenAI's words out. */
enum Language {
    OPENAI("text/event-stream") {
        @Override
        byte[] request(Ask ask) {
            return ask.body();
        }

        @Override
        @Nullable
        Translation stream(Ask ask, String id, long createdSeconds) {
            return null;
        }

        @Override
        byte[] answer(String contentType, byte[] body, String id, long createdSeconds) {
            if (!isEvents(contentType)) {
                return body;
            }
            ChunkCollector collector = new ChunkCollector();
            collector.feed(body);
            return collector.completion();
        }
    },

    OLLAMA("application/x-ndjson") {
        @Override
        byte[] request(Ask ask) {
            return OllamaChat.request(
                    ask.body(),
                    OllamaContext.of(Head.read(ask.body(), ask.dialect()).demand()));
        }

        @Override
        Translation stream(Ask ask, String id, long createdSeconds) {
            return OllamaChat.stream(id, createdSeconds, ask.includeUsage());
        }

        @Override
        byte[] answer(String contentType, byte[] body, String id, long createdSeconds) {
            return OllamaChat.answer(body, id, createdSeconds);
        }
    },

    ANTHROPIC("text/event-stream") {
        @Override
        byte[] request(Ask ask) {
            return AnthropicChat.request(ask.body());
        }

        @Override
        Translation stream(Ask ask, String id, long createdSeconds) {
            return AnthropicChat.stream(id, createdSeconds, ask.includeUsage());
        }

        @Override
        byte[] answer(String contentType, byte[] body, String id, long createdSeconds) {
            return AnthropicChat.answer(body, id, createdSeconds);
        }

        @Override
        Refusal error(int status, byte[] body, String backend) {
            return AnthropicChat.error(status, body, backend);
        }
    },

    GOOGLE("text/event-stream") {
        @Override
        byte[] request(Ask ask) {
            return GeminiChat.request(ask.body());
        }

        @Override
        Translation stream(Ask ask, String id, long createdSeconds) {
            return GeminiChat.stream(id, createdSeconds, ask.includeUsage());
        }

        @Override
        byte[] answer(String contentType, byte[] body, String id, long createdSeconds) {
            return GeminiChat.answer(body, id, createdSeconds);
        }

        @Override
        Refusal error(int status, byte[] body, String backend) {
            return GeminiChat.error(status, body, backend);
        }
    };

    private final String streamType;

    Language(String streamType) {
        this.streamType = streamType;
    }

    /** The language in which an endpoint is asked: but for chats, all that is not OpenAI's own mimics OpenAI. */
    static Language of(Backend.Speaks speaks, Call.Dialect dialect) {
        if (dialect != Call.Dialect.CHAT) {
            return OPENAI;
        }
        return switch (speaks) {
            case OPENAI -> OPENAI;
            case OLLAMA -> OLLAMA;
            case ANTHROPIC -> ANTHROPIC;
            case GOOGLE -> GOOGLE;
        };
    }

    /** The body to send. */
    abstract byte[] request(Ask ask);

    /** What turns the backend's stream into OpenAI's; null where it is that already. */
    abstract @Nullable Translation stream(Ask ask, String id, long createdSeconds);

    /** A good answer that came whole, as a completion. */
    abstract byte[] answer(String contentType, byte[] body, String id, long createdSeconds);

    /** A backend's error in OpenAI's shape. */
    Refusal error(int status, byte[] body, String backend) {
        return new Refusal(status, ErrorBody.wrap(status, body, backend));
    }

    /** Whether a body of this type is a stream in this language. */
    boolean isStream(String contentType) {
        return contentType.startsWith(streamType);
    }

    private static boolean isEvents(String contentType) {
        return contentType.startsWith("text/event-stream");
    }
}

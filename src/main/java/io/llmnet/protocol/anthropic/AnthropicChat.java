package io.llmnet.protocol.anthropic;

import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Translation;

/** Translates between OpenAI's chat completions and Anthropic's {@code /v1/messages}, both ways. */
public final class AnthropicChat {
    private AnthropicChat() {}

    /**
     * What to send to {@code /v1/messages} for a chat request.
     *
     * @throws ChatException BAD_REQUEST naming what Anthropic cannot do, as several choices
     */
    public static byte[] request(byte[] openAiChatBody) {
        return new AnthropicRequest(openAiChatBody).bytes();
    }

    /**
     * The {@code chat.completion} that a message is.
     *
     * @throws ChatException BACKEND_NONSENSE when it is none
     */
    public static byte[] answer(byte[] message, String id, long createdSeconds) {
        return AnthropicAnswer.whole(message, id, createdSeconds);
    }

    /**
     * Changes a stream of Anthropic's events into one of {@code chat.completion.chunk}s. An error before the first content
     * becomes an event; later it throws BACKEND_FAILED. It throws STREAM_BROKEN when the events end before their time.
     */
    public static Translation stream(String id, long createdSeconds, boolean includeUsage) {
        return new AnthropicStream(id, createdSeconds, includeUsage);
    }

    /** Whether a model of this name goes on with an answer that has been begun; the newer ones refuse that. */
    public static boolean takesPrefill(String model) {
        return !Claude.of(model).isAdaptive();
    }

    /** An error in OpenAI's shape. */
    public static Refusal error(int status, byte[] body, String backend) {
        return AnthropicError.of(status, body, backend);
    }
}

package io.llmnet.protocol.google;

import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Refusal;
import io.llmnet.protocol.openai.Translation;

/**
 * Translates between OpenAI's chat completions and Gemini's {@code generateContent} and {@code
 * streamGenerateContent?alt=sse}, both ways. The model's name is part of their path.
 */
public final class GeminiChat {
    private GeminiChat() {}

    /**
     * What to send for a chat request.
     *
     * @throws ChatException BAD_REQUEST naming what Gemini cannot take
     */
    public static byte[] request(byte[] openAiChatBody) {
        return new GeminiRequest(openAiChatBody).bytes();
    }

    /**
     * The {@code chat.completion} that a whole answer is.
     *
     * @throws ChatException BACKEND_FAILED when it is a failure, BACKEND_NONSENSE when it is no answer
     */
    public static byte[] answer(byte[] geminiJson, String id, long createdSeconds) {
        return GeminiAnswer.whole(geminiJson, id, createdSeconds);
    }

    /**
     * Changes a stream of Gemini's events into one of {@code chat.completion.chunk}s. An error before the first content
     * becomes an event; later it throws BACKEND_FAILED. It throws STREAM_BROKEN when the events end before their time.
     */
    public static Translation stream(String id, long createdSeconds, boolean includeUsage) {
        return new GeminiStream(id, createdSeconds, includeUsage);
    }

    /** An error in OpenAI's shape. */
    public static Refusal error(int status, byte[] body, String backend) {
        return GeminiError.of(status, body, backend);
    }
}

package io.llmnet.protocol.ollama;

import io.llmnet.chat.Transform;
import io.llmnet.fault.ChatException;

/** Translates between OpenAI's chat completions and Ollama's {@code /api/chat}, both ways. */
public final class OllamaChat {
    private OllamaChat() {}

    /**
     * What to send to {@code /api/chat} for a chat request.
     *
     * @throws ChatException BAD_REQUEST naming what Ollama cannot take, as an image that is only linked to
     */
    public static byte[] request(byte[] openAiChatBody) {
        return new OllamaRequest(openAiChatBody).bytes();
    }

    /**
     * The {@code chat.completion} that a whole answer is.
     *
     * @throws ChatException BACKEND_FAILED when it tells of an error, BACKEND_NONSENSE when it is no answer
     */
    public static byte[] answer(byte[] ollamaJson, String id, long createdSeconds) {
        return new OllamaAnswer(id, createdSeconds).whole(ollamaJson);
    }

    /**
     * Changes a stream of lines into one of {@code chat.completion.chunk}s. It throws BACKEND_FAILED when a line tells of an
     * error, and STREAM_BROKEN when the lines end before their time.
     */
    public static Transform stream(String id, long createdSeconds, boolean includeUsage) {
        return new OllamaStream(new OllamaAnswer(id, createdSeconds), includeUsage);
    }
}

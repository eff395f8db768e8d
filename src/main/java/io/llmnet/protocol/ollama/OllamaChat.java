package io.llmnet.protocol.ollama;

import io.llmnet.fault.ChatException;
import io.llmnet.protocol.openai.Translation;

/** Translates between OpenAI's chat completions and Ollama's {@code /api/chat}, both ways. */
public final class OllamaChat {
    private OllamaChat() {}

    /**
     * What to send to {@code /api/chat} for a chat request.
     *
     * @throws ChatException BAD_REQUEST naming what Ollama cannot take, as an image that is only linked to
     */
    public static byte[] request(byte[] openAiChatBody) {
        return request(openAiChatBody, 0);
    }

    /**
     * The same, with room for so many tokens, which Ollama's own default may be far from (CONFORMANCE 44).
     *
     * @param numCtx goes into the options, unless the caller has set one there; 0 for none
     */
    public static byte[] request(byte[] openAiChatBody, int numCtx) {
        return new OllamaRequest(openAiChatBody, numCtx).bytes();
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
    public static Translation stream(String id, long createdSeconds, boolean includeUsage) {
        return new OllamaStream(new OllamaAnswer(id, createdSeconds), includeUsage);
    }
}

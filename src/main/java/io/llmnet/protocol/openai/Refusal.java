package io.llmnet.protocol.openai;

/**
 * A backend's error as the caller gets it.
 *
 * @param status of HTTP; that of the backend, unless its own is misleading
 * @param body in OpenAI's shape
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Refusal(int status, byte[] body) {}

package io.llmnet.chat;

/** Changes a stream chunk by chunk, keeping what it must between chunks. One stream, one transform, one thread. */
public interface Transform {
    /** What becomes of this chunk; empty while more is needed. Throws ChatException when the stream is nonsense. */
    byte[] bytes(byte[] chunk);

    /** What is still to come when the source has ended well; empty if nothing. */
    byte[] end();
}

package io.llmnet.protocol.openai;

import io.llmnet.chat.Transform;
import io.llmnet.chat.Usage;

/**
 * Changes another language's stream into OpenAI's, and knows what the answer used even where its reader is not told. May be
 * asked for that from another thread than the stream's.
 */
public interface Translation extends Transform {
    /** What the stream said it used so far. */
    Usage usage();
}

/**
 * Ollama's own {@code /api/chat}, spoken for callers who speak OpenAI's chat (CONFORMANCE 43, 44). Pure.
 *
 * <p>Why not Ollama's {@code /v1}: it cannot set the context size, and forgets {@code think} and {@code keep_alive}.
 */
@NullMarked
package io.llmnet.protocol.ollama;

import org.jspecify.annotations.NullMarked;

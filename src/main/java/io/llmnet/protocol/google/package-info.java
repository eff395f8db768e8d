/**
 * Google's words: chat requests into Gemini's {@code generateContent}, and its answers and streams back into OpenAI's. Pure.
 */
@NullMarked
package io.llmnet.protocol.google;

import org.jspecify.annotations.NullMarked;

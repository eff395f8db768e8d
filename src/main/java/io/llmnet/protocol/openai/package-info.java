/**
 * OpenAI's words: reads, edits and writes the bodies of chat completions, completions, models and errors. Pure.
 *
 * <p>A request is edited in place, byte ranges exchanged, so that all we do not touch is passed on as it came.
 */
@NullMarked
package io.llmnet.protocol.openai;

import org.jspecify.annotations.NullMarked;

/**
 * Anthropic's words: chat requests into its Messages API, and its messages and streams back into OpenAI's. Pure.
 */
@NullMarked
package io.llmnet.protocol.anthropic;

import org.jspecify.annotations.NullMarked;

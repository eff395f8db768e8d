/**
 * {@code llm:}, the Camel component that asks language models without holding a thread.
 *
 * <p>For a pipeline's node it takes a run and gives it back with what the model said; for a route of anybody's own it takes
 * a prompt and gives an answer, text for text.
 */
@NullMarked
package io.llmnet.camel.llm;

import org.jspecify.annotations.NullMarked;

/**
 * Serves one GGUF model with llama.cpp, in a process of its own: OpenAI's chat and completions, LlamaNet's
 * {@code /generate}, and what the node says of itself.
 *
 * <p>Why a process of its own: an assertion in native code ends its process, and no gateway shall fall with a model. So
 * whatever goes into native code is checked here first ({@link io.llmnet.node.Gguf the file}, {@link
 * io.llmnet.node.JsonGrammar schemas}, prompts' lengths), and plain Vert.x serves it, without Quarkus and Camel, to start
 * in a second. A request goes {@link io.llmnet.node.Front} (HTTP, event loop) &rarr; {@link io.llmnet.node.Orders} (what is
 * wanted) &rarr; {@link io.llmnet.node.Slots} (a bounded queue) &rarr; {@link io.llmnet.node.Telling} (one answer) &rarr;
 * {@link io.llmnet.node.Engine} (tokens) and back out through {@link io.llmnet.node.Outlet}.
 */
@NullMarked
package io.llmnet.node;

import org.jspecify.annotations.NullMarked;

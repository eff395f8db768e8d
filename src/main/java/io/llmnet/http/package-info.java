/**
 * The front door: OpenAI's endpoints over HTTP, on the event loop, bytes kept.
 */
@NullMarked
package io.llmnet.http;

import org.jspecify.annotations.NullMarked;

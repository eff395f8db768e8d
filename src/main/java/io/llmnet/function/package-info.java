/**
 * Calls what a pipeline's hooks name: HTTP and gRPC services, WebSocket servers, programs. No call holds an event loop, and
 * each ends in time: with an output, without one, or as a {@link io.llmnet.function.FunctionException}.
 *
 * <p>What goes in and what comes back may be anybody's prompt: neither is ever part of a message.
 */
@NullMarked
package io.llmnet.function;

import org.jspecify.annotations.NullMarked;

/**
 * Server-sent events as bytes: cuts a stream into events, tells when its first content is there, gathers it into one answer.
 * Pure.
 *
 * <p>Any cutting of the stream into chunks gives the same events (CONFORMANCE 9); events are ranges of the chunks that they
 * came in, and are copied only when a chunk ends within one.
 */
@NullMarked
package io.llmnet.protocol.sse;

import org.jspecify.annotations.NullMarked;

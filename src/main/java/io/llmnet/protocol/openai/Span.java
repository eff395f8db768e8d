package io.llmnet.protocol.openai;

/**
 * A range of a body.
 *
 * @param start offset of the first byte
 * @param end offset behind the last byte
 */
record Span(int start, int end) {}

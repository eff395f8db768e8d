package io.llmnet.registry;

/**
 * A model at a backend: what routing chooses among.
 *
 * @param pulse how this model does there
 */
public record Offer(Member member, Card card, Pulse pulse) {}

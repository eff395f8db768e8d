package io.llmnet.protocol.verdict;

/**
 * What a model is asked.
 *
 * @param system how to go about it
 * @param user what it is about
 */
public record Prompt(String system, String user) {}

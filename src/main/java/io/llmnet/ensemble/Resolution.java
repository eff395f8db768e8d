package io.llmnet.ensemble;

import io.llmnet.chat.Answer;

/**
 * What a council answered.
 *
 * @param answer for the caller, with the decision in its headers: {@code x-llmnet-strategy} and the like
 */
public record Resolution(Answer answer, Decision decision) {}

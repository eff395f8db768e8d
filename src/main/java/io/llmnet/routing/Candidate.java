package io.llmnet.routing;

import io.llmnet.backend.Backend;

/**
 * One backend that may answer, and the name by which it knows the model.
 */
public record Candidate(Backend backend, String model) {}

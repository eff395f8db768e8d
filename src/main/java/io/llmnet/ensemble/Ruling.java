package io.llmnet.ensemble;

import org.jspecify.annotations.Nullable;

/**
 * A judge's verdict.
 *
 * @param seat whose answer it is; null where none may be shown
 * @param confidence 0 to 1, as the judge says
 * @param reason as the judge says
 */
public record Ruling(@Nullable Integer seat, double confidence, String reason) {}

/**
 * Decides which backends may answer a request, and in which order. Pure: no clock, no network, no state.
 *
 * <p>Why a list and not one winner: dispatch falls back along it and need not ask again.
 */
@NullMarked
package io.llmnet.routing;

import org.jspecify.annotations.NullMarked;

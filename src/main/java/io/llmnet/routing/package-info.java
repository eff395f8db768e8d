/**
 * Decides which backends may answer a request, and in which order. Pure but for whose turn it is: no clock, no network.
 *
 * <p>Why a list and not one winner: dispatch falls back along it and need not ask again.
 */
@NullMarked
package io.llmnet.routing;

import org.jspecify.annotations.NullMarked;

/**
 * Walks a plan until somebody answers: the only place that asks a backend, so that every call of the product, be it a
 * caller's, a router's or a judge's, has the same deadline and the same way out when a backend fails.
 */
@NullMarked
package io.llmnet.dispatch;

import org.jspecify.annotations.NullMarked;

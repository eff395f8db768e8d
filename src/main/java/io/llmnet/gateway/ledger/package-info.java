/**
 * What the gateway remembers of its requests: the last of them, sums, the month's bill, and who is asked for when.
 *
 * <p>All of it is told the same {@link io.llmnet.gateway.Outcome}s, on the event loops, so nothing here waits. Clocks come
 * through constructors. It tells no prompts, for it never hears of them.
 */
@NullMarked
package io.llmnet.gateway.ledger;

import org.jspecify.annotations.NullMarked;

/**
 * Answers a request by the best of all backends: reads what it needs, has it routed and dispatched, and remembers how it
 * went.
 */
@NullMarked
package io.llmnet.gateway;

import org.jspecify.annotations.NullMarked;

/** Routing under virtual time: what each strategy makes of a house of backends, to the request. */
@NullMarked
package io.llmnet.routing.sim;

import org.jspecify.annotations.NullMarked;

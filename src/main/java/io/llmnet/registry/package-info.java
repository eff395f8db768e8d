/**
 * What is known of the backends: who they are, which models they have, whether they are well, and how busy they are.
 *
 * <p>The roster is immutable and replaced whole; a request takes one and works on it to the end. Only the counters that
 * every request moves ({@link io.llmnet.registry.Load}, {@link io.llmnet.registry.Pulse}) are live, and they outlast the
 * rosters that show them. The clock comes as an argument everywhere, so that all of it runs under virtual time too.
 */
@NullMarked
package io.llmnet.registry;

import org.jspecify.annotations.NullMarked;

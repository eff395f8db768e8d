/**
 * The seam at which pipelines can be watched: what is told, to whom, and when. It knows nothing of who watches.
 *
 * <p>Why a seam of our own and not Camel's events: those know routes and steps, and not that a stream has ended, what an
 * answer has cost, or whom a router has chosen.
 */
@NullMarked
package io.llmnet.camel.watch;

import org.jspecify.annotations.NullMarked;

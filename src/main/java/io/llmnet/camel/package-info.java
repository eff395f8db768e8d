/**
 * Pipelines as live Camel routes.
 *
 * <p>Camel wires and does not decide: where a request goes next is asked of the pure rooms, what a route shows in JMX and
 * in the console is what happens. The exchange carries one {@link io.llmnet.camel.Run}, not a bag of headers.
 */
@NullMarked
package io.llmnet.camel;

import org.jspecify.annotations.NullMarked;

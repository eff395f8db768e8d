/**
 * Councils at work: {@code routes/ensemble.yaml} scatters a call over the members and gathers what they say; whom to ask
 * when, and whose answer it is, is asked of the pure room {@link io.llmnet.ensemble}.
 */
@NullMarked
package io.llmnet.camel.ensemble;

import org.jspecify.annotations.NullMarked;

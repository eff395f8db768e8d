/**
 * Makes one answer of several: who is asked when, when enough is known, and which answer counts. Pure: no clock, no network,
 * no state beyond one sitting; so the same answers in any order end in the same decision.
 */
@NullMarked
package io.llmnet.ensemble;

import org.jspecify.annotations.NullMarked;

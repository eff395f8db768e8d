/**
 * Finds out which answers mean the same. Pure, and apart from how a council decides: it knows texts, not seats.
 */
@NullMarked
package io.llmnet.ensemble.meaning;

import org.jspecify.annotations.NullMarked;

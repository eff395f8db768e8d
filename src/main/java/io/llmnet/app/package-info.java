/**
 * Wires the rooms together and runs them: the only place that knows all of them.
 */
@NullMarked
package io.llmnet.app;

import org.jspecify.annotations.NullMarked;

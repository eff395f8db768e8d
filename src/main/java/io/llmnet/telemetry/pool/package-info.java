/** Counts what pools of models do, by LLM Pool's names. */
@NullMarked
package io.llmnet.telemetry.pool;

import org.jspecify.annotations.NullMarked;

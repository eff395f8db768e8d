/**
 * Has tasks done: finds out who shall do one and how, within which bounds, keeps what was answered, and leaves those alone
 * who fail at it. What LLM Pool's doors and ours have in common is here; they only speak its languages.
 */
@NullMarked
package io.llmnet.pool;

import org.jspecify.annotations.NullMarked;

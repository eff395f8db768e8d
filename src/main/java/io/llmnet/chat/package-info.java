/**
 * What is said: a call, its answer, and the bytes of it as they flow. Plain values, JDK only.
 */
@NullMarked
package io.llmnet.chat;

import org.jspecify.annotations.NullMarked;

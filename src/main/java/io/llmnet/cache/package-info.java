/**
 * Keeps answers, so that nobody is asked the same twice: exactly the same, or what means the same; and who asks what is
 * being answered already shares that answer.
 */
@NullMarked
package io.llmnet.cache;

import org.jspecify.annotations.NullMarked;

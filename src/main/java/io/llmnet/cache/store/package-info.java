/** Where answers are kept for a time: in this process' memory, or in a Redis that several processes share. */
@NullMarked
package io.llmnet.cache.store;

import org.jspecify.annotations.NullMarked;

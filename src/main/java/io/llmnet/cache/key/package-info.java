/** Tells what makes an answer what it is, whose it is, and what its caller wants of the cache. Pure. */
@NullMarked
package io.llmnet.cache.key;

import org.jspecify.annotations.NullMarked;

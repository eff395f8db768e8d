/** Finds the question among those answered that means the same as another, and is not deceived by a number or a "not". */
@NullMarked
package io.llmnet.cache.meaning;

import org.jspecify.annotations.NullMarked;

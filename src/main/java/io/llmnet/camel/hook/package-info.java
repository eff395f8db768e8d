/**
 * {@code function:}, the Camel component by which hooks call functions around a node's model, without holding a thread.
 */
@NullMarked
package io.llmnet.camel.hook;

import org.jspecify.annotations.NullMarked;

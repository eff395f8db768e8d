/**
 * Loads and unloads models at the servers that can be told to.
 */
@NullMarked
package io.llmnet.discovery.operation;

import org.jspecify.annotations.NullMarked;

/**
 * Asks a server how it is and what it has, and tells which kind it is of.
 */
@NullMarked
package io.llmnet.discovery.probe;

import org.jspecify.annotations.NullMarked;

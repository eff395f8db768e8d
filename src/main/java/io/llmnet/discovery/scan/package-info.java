/**
 * Finds the servers that listen on the usual ports of this machine.
 */
@NullMarked
package io.llmnet.discovery.scan;

import org.jspecify.annotations.NullMarked;

/**
 * Finds the servers that announce themselves in the local network, and announces us.
 */
@NullMarked
package io.llmnet.discovery.mdns;

import org.jspecify.annotations.NullMarked;

/**
 * Camel's own consoles, for people and for the Camel CLI: made by hand, for Quarkus leaves them out.
 */
@NullMarked
package io.llmnet.camel.console;

import org.jspecify.annotations.NullMarked;

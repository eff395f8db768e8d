/**
 * The settings file, {@code llmnet.yaml}, {@code nexus.toml} or {@code llm-pool.toml}: where it is found, what may stand in
 * it, and what it means to a server.
 *
 * <p>One precedence: flags, then the environment, then this file, then what goes without saying. A setting reaches the server
 * as a key of its configuration, which lets the environment win by itself, or as a value here, where a command decides.
 */
@NullMarked
package io.llmnet.settings;

import org.jspecify.annotations.NullMarked;

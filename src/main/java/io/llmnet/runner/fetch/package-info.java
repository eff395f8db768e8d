/**
 * Model files from elsewhere, kept on this machine.
 */
@NullMarked
package io.llmnet.runner.fetch;

import org.jspecify.annotations.NullMarked;

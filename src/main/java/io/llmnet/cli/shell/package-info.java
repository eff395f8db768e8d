/** Completion scripts for shells, written from the commands' own descriptions, so that they cannot fall behind. */
@NullMarked
package io.llmnet.cli.shell;

import org.jspecify.annotations.NullMarked;

/** Draws what commands answer: tables as wide as the terminal, and colours where there is one. */
@NullMarked
package io.llmnet.cli.screen;

import org.jspecify.annotations.NullMarked;

/**
 * Gets a first model, a node on it and the library that embeds texts, on a machine that has none of them.
 *
 * <p>A room beside the command line, for the tests that ask a real model want the same file. Everything it keeps is
 * under the user's own folder ({@link io.llmnet.quickstart.Household}). What fails is an {@code IOException} whose
 * message is for the user.
 */
@NullMarked
package io.llmnet.quickstart;

import org.jspecify.annotations.NullMarked;

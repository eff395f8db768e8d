/**
 * Documents that know where each value stands, and what is wrong with them: {@code file:line:col: path: problem; mend}.
 *
 * <p>Reading is one step (text to values with places), understanding another (the rooms that read settings and
 * pipelines): so every mistake of a file is reported at once, with its place, and no room parses text twice.
 */
@NullMarked
package io.llmnet.config;

import org.jspecify.annotations.NullMarked;

/**
 * JSON as bytes: a scanner that finds and checks without building a tree, and the one Jackson mapper for the rest.
 *
 * <p>Why our own scanner: what passes through keeps its bytes (CONFORMANCE 2), so we look for places in the text, not for
 * values; and a body full of images is walked at memory speed.
 */
@NullMarked
package io.llmnet.protocol.json;

import org.jspecify.annotations.NullMarked;

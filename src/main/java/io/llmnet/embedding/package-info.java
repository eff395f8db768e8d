/**
 * Turns texts into vectors that are near each other where the texts mean alike, by a model in this process or by a model
 * server, and tells which is nearest.
 *
 * <p>The library of the model in this process is large (48 MB, and as much again in memory as it computes), so it is in a
 * folder of its own, loaded when it is first needed, and no part of the program's own class path.
 */
@NullMarked
package io.llmnet.embedding;

import org.jspecify.annotations.NullMarked;

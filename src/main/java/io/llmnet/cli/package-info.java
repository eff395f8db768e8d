/**
 * The command line: understands what was typed, answers short questions itself, and hands the rest to ports.
 *
 * <p>It starts in a blink because it knows no framework but picocli: what serves is given to it by app behind
 * {@link io.llmnet.cli.Server} and {@link io.llmnet.cli.Nodes}, and is loaded only when asked for. Commands are built
 * from {@code CommandSpec}s and not from annotations, so that nothing is looked up by reflection.
 */
@NullMarked
package io.llmnet.cli;

import org.jspecify.annotations.NullMarked;

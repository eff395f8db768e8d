/**
 * Draws pipelines: as text for a terminal, as Mermaid for pages that know it, as SVG for everything else.
 *
 * <p>A {@link io.llmnet.pipeline.draw.Picture} is what is to be seen, wherever it comes from; the rest is pure layout.
 */
@NullMarked
package io.llmnet.pipeline.draw;

import org.jspecify.annotations.NullMarked;

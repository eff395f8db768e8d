/**
 * Understands pipeline files: every form in which they were ever written, and all that can be wrong with them, at once.
 *
 * <p>Text becomes a tree with places ({@code config}), the tree a draft, the draft, once it is checked, a
 * {@link io.llmnet.pipeline.Graph}. Nothing else of the product sees a draft.
 */
@NullMarked
package io.llmnet.pipeline.file;

import org.jspecify.annotations.NullMarked;

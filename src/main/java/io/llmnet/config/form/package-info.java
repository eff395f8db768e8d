/**
 * What may stand in a file, as tables: the keys of each map, what each takes, what it is for.
 *
 * <p>The one place that says so. A {@link io.llmnet.config.Section} knows its keys from here and from nowhere else, and the
 * JSON Schema for editors is printed from here, so neither can drift from the other.
 */
@NullMarked
package io.llmnet.config.form;

import org.jspecify.annotations.NullMarked;
